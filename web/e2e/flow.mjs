// The journeys of a first day, with the keyboard only: sign in, make a customer, give it a key, send an event, prove
// its receipt, find all of it in the audit trail, sign out. Needs BASE, CAIRN_EMAIL and CAIRN_PASSWORD.
import assert from 'node:assert/strict';
import { base, signIn, watch, withBrowser } from './browser.mjs';

const name = `Journey ${new Date().toISOString().slice(0, 19)}`;

/** Tabs until the element has the focus, as somebody without a mouse does; gives up after a whole round. */
async function tabTo(page, locator) {
  const most = 120;
  for (let presses = 0; presses < most; presses++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`The keyboard does not reach ${locator}`);
}

await withBrowser({}, async (context) => {
  const page = await context.newPage();
  await signIn(page);
  const faults = watch(page);

  await tabTo(page, page.getByRole('button', { name: 'New customer' }).first());
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  const secret = (await page.getByRole('region', { name: 'receipt secret' }).innerText()).trim();
  assert.ok(secret.length >= 20, 'the receipt secret is shown');
  await tabTo(page, page.getByRole('button', { name: 'I have kept it' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/customers\/cus_/);
  const customer = page.url().split('/').at(-1);

  await tabTo(page, page.getByRole('link', { name: 'API keys' }).first());
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'New key' }));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Journey');
  await page.keyboard.press('Enter');
  const key = (await page.getByRole('region', { name: 'API key', exact: true }).innerText()).trim();
  await page.keyboard.press('Escape');

  const sent = await fetch(`${base}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      event_id: 'journey-1',
      timestamp: new Date().toISOString(),
      transaction_type: 'journey',
      data: { step: 1 },
    }),
  });
  assert.equal(sent.status, 201);

  await page.goto(`${base}/customers/${customer}/receipts`);
  await tabTo(page, page.getByLabel('Event id'));
  await page.keyboard.type('journey-1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Proven in this browser' }).waitFor();
  await tabTo(page, page.getByLabel('Receipt secret'));
  await page.keyboard.type(secret);
  await page.keyboard.press('Enter');
  await page.getByText('6 of 6 checks proven').waitFor();

  await tabTo(page, page.getByRole('link', { name: 'Audit trail' }).last());
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Audit trail' }).locator('tbody tr').first().waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sign-in/);
  assert.deepEqual(faults, []);
  console.log('flow: a whole first day by keyboard');
});
