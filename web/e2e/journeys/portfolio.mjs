import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const rows = (page) => page.getByRole('region', { name: 'Customers' }).locator('tbody tr');
const names = (page) => rows(page).getByRole('link').allInnerTexts();
const searchOf = (page) => new URL(page.url()).search;

/** Three customers of this journey alone: their tag keeps every other one out of the list. */
async function three(visit, tag) {
  const make = (name, members) => visit.newCustomer(name, { tags: [tag], ...members });
  const amount = (value) => ({ acv: { amount: value, currency: 'GBP' } });
  await make(`Aspen ${tag}`, { ...amount('30000'), stage: 'adoption', plan: 'Starter' });
  await make(`Birch ${tag}`, { ...amount('10000'), stage: 'onboarding', plan: 'Enterprise' });
  await make(`Cedar ${tag}`, { ...amount('20000'), stage: 'adoption', plan: 'Starter' });
}

journey(
  'The portfolio keeps view, filter and sorting in the address: a reload and Back both work',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    await three(visit, 'urlgrove');
    await visit.go('/customers');
    await page.getByLabel('Filter customers').fill('urlgrove');
    await page.waitForURL(/q=urlgrove/);
    await rows(page).nth(3).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Value a year' }).click();
    await page.waitForURL(/sort=acv/);
    const sorted = await names(page);
    await page.getByRole('button', { name: 'Value a year' }).click();
    await page.waitForURL(
      (url) => url.search !== '' && !url.search.includes('sort=acv.asc') === sorted[0].startsWith('Birch'),
    );
    assert.deepEqual(await names(page), sorted.toReversed());

    const before = searchOf(page);
    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(searchOf(page), before);
    assert.deepEqual(await names(page), sorted.toReversed());

    await page.getByRole('link', { name: /^Live/ }).click();
    await page.waitForURL(/view=live/);
    await page.goBack();
    await page.waitForURL((url) => url.search === before);
    assert.deepEqual(await names(page), sorted.toReversed());
  },
);

journey('A view of the portfolio can be kept under a name and is there after a reload', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/customers?stage=onboarding');
  await page.getByRole('button', { name: 'Save as new view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Being onboarded');
  await page.keyboard.press('Enter');
  const kept = page.getByRole('link', { name: 'Being onboarded' });
  await kept.waitFor();
  await visit.go('/customers');
  await kept.click();
  await page.waitForURL(/stage=onboarding/);
});

journey('Several customers are changed at once, and one press undoes it', async (open) => {
  const visit = await open();
  const { page } = visit;
  await three(visit, 'bulkgrove');
  await visit.go('/customers?q=bulkgrove');
  await page.getByLabel('Select all').check();
  const bar = page.getByRole('region', { name: 'Actions for the selected customers' });
  await bar.getByText('3 selected').waitFor();
  await bar.getByLabel('Set stage').selectOption('renewal');
  const changed = page.getByRole('alert').filter({ hasText: 'Stage set to Renewal for 3 customers' });
  await changed.waitFor();
  const stages = () =>
    rows(page).evaluateAll((all) => all.map((row) => row.querySelectorAll('td')[2].textContent.trim()));
  assert.deepEqual(await stages(), ['Renewal', 'Renewal', 'Renewal']);
  await changed.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('alert').filter({ hasText: 'Put back as it was' }).waitFor();
  assert.deepEqual((await stages()).toSorted(), ['Adoption', 'Adoption', 'Onboarding']);
});

journey('The portfolio exports the customers it shows as CSV', async (open) => {
  const visit = await open();
  const { page } = visit;
  await three(visit, 'exportgrove');
  await visit.go('/customers?q=exportgrove');
  const { name, text } = await visit.download(() =>
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  assert.match(name, /\.csv$/);
  const lines = text.trim().split('\r\n');
  assert.equal(lines.length, 4);
  for (const tree of ['Aspen', 'Birch', 'Cedar']) assert.ok(text.includes(`${tree} exportgrove`));
});
