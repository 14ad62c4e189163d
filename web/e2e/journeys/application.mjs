// What surrounds every page: palette, theme, phone, wrong addresses, the API reference.
import assert from 'node:assert/strict';
import { journey, sizes } from '../harness/journey.mjs';

journey('The palette finds a customer and opens it', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/customers');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill('tidewater');
  await page.getByRole('button', { name: /Tidewater Seafood/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tidewater Seafood', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await field.fill('zzzz');
  await page.getByText('No match.').waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
});

journey('The chosen theme is there again after a reload, before anything is drawn', async (open) => {
  const visit = await open({ colorScheme: 'light' });
  const { page } = visit;
  await visit.go('/customers');
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  assert.equal(await scheme(), 'light');
  await page.keyboard.press('Control+j');
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
  const canvas = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit.settled();
  const dark = await canvas();
  await page.goto('/customers', { waitUntil: 'commit' });
  await page.locator('#root').waitFor({ state: 'attached' });
  assert.equal(await scheme(), 'dark');
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
  assert.equal(await canvas(), dark);
});

journey('On a phone the menu opens, leads somewhere and closes', async (open) => {
  const visit = await open({ viewport: sizes.narrow, hasTouch: true, isMobile: true });
  const { page } = visit;
  await visit.go('/customers');
  await page.getByRole('list', { name: 'Customers' }).getByRole('link').first().waitFor();
  assert.equal(await page.getByRole('table').count(), 0, 'cards instead of a table');
  await page.getByRole('button', { name: 'Open navigation' }).tap();
  const menu = page.getByRole('dialog', { name: 'Main' });
  await menu.getByRole('link', { name: 'Receipts' }).tap();
  await page.getByRole('heading', { name: 'Receipts', level: 1 }).waitFor();
  await menu.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Search or jump' }).tap();
  await page.getByRole('dialog').getByRole('textbox').waitFor();
});

journey('Wrong addresses say that nothing is there and lead back', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/nowhere');
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  // The page asks for its figures ahead of knowing that there is no such customer.
  visit.expect(/^404 \/v1\/(customers|events)/);
  await visit.go(`/customers/cus_${'7'.repeat(26)}`);
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  await page.getByRole('link', { name: 'Go to the portfolio' }).click();
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  journey(
    `The API reference loads from this server alone and finds an operation (${colorScheme})`,
    async (open) => {
      const visit = await open({ signedIn: false, colorScheme });
      const { page } = visit;
      await page.goto('/docs');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('Control+k');
      await page
        .getByRole('dialog')
        .getByRole('textbox')
        .or(page.getByRole('combobox'))
        .first()
        .fill('receipt');
      await page.getByText('/v1/receipts/{event_id}').first().waitFor();
      await visit.keep(`api-reference-${colorScheme}`);
    },
  );
}
