// The first day of a customer with the keyboard alone; the focus can be seen at every stop.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { roundOf, tabTo } from '../harness/keyboard.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
const press = async (page, locator) => {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
};

journey(
  'With the keyboard alone: sign in, make a customer and a key, prove a receipt, read the trail, sign out',
  async (open) => {
    const visit = await open({ signedIn: false });
    const { page, server } = visit;
    await visit.go('/sign-in');
    await tabTo(page, page.getByLabel('Email'));
    await page.keyboard.type(server.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(server.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();

    await press(page, button(page, 'New customer'));
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).waitFor();
    await page.keyboard.type('Alone with the keyboard');
    await page.keyboard.press('Enter');
    const secret = (await page.getByRole('region', { name: 'receipt secret' }).innerText()).trim();
    await press(page, button(page, 'I have kept it'));
    await page.waitForURL(/\/customers\/cus_/);
    const customer = new URL(page.url()).pathname.split('/').at(-1);

    await press(page, page.getByRole('link', { name: 'API keys' }).first());
    await press(page, button(page, 'New key'));
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).waitFor();
    await page.keyboard.type('Till');
    await page.keyboard.press('Enter');
    const key = (await page.getByRole('region', { name: 'API key', exact: true }).innerText()).trim();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await visit.sendEvent(
      customer,
      { event_id: 'keyboard-1', transaction_type: 'key.pressed', data: { n: 1 } },
      { key },
    );

    await press(page, page.getByRole('link', { name: 'Receipts' }).last());
    await tabTo(page, page.getByLabel('Event id'));
    await page.keyboard.type('keyboard-1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Proven in this browser' }).waitFor();
    await tabTo(page, page.getByLabel('Receipt secret', { exact: true }));
    await page.keyboard.type(secret);
    await page.keyboard.press('Enter');
    await page.getByText('6 of 6 checks proven').waitFor();

    await press(page, page.getByRole('link', { name: 'Audit trail' }).last());
    const trail = page.getByRole('region', { name: 'Audit trail' });
    await press(page, trail.locator('tbody button').first());
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').waitFor();
    await page.keyboard.type('sign out');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sign-in/);
  },
);

journey('The Tab key walks every page to its end, and the focus is seen at each stop', async (open) => {
  const visit = await open();
  const { page, server } = visit;
  for (const path of ['/customers', `/customers/${server.customer}`, '/receipts', '/audit-trail']) {
    await visit.go(path);
    const stops = await roundOf(page);
    assert.equal(stops[0], 'a “Skip to content”', `the first stop of ${path}`);
    assert.ok(stops.length > 8, `${path} has ${stops.length} stops`);
  }
});

journey('The list of customers is driven with J, K, X and Enter', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/customers?sort=customer.asc');
  const links = page.getByRole('region', { name: 'Customers' }).locator('tbody').getByRole('link');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.ok(await links.first().evaluate((link) => link === document.activeElement));
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('1 selected').waitFor({ state: 'detached' });
  const name = await links.first().innerText();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name, level: 1 }).waitFor();
});
