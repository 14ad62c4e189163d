// What came in: live, as entities, judged, and imported.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { ordersFile } from '../harness/screens.mjs';

const received = (id, hour, quantity) => ({
  event_id: id,
  timestamp: `2026-03-02T${hour}:00:00Z`,
  transaction_type: 'stock.received',
  data: { sku: 'A', location: 'main', quantity },
});

/** Comes back once every event of the customer is folded into its entities. */
async function folded(visit, id) {
  for (;;) {
    const { eventsWaiting } = await visit.api('GET', `/v1/entity-types?customer=${id}`);
    if (eventsWaiting === 0) return;
    await visit.page.waitForTimeout(100);
  }
}

journey('A new event appears by itself, and waits behind a bar while somebody reads', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Juniper');
  const key = await visit.sendEvent(id, received('first', '08', 1));
  await visit.go(`/customers/${id}/events`);
  await page.getByText('Live', { exact: true }).waitFor();
  await visit.sendEvent(id, received('second', '09', 1), { key });
  await page.getByText('second', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Events' }).hover();
  await visit.sendEvent(id, received('third', '10', 1), { key });
  await page.getByRole('button', { name: '1 new event' }).click();
  await page.getByText('third', { exact: true }).waitFor();
});

journey('A paused stream stands still until it is resumed, and then misses nothing', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Sorrel');
  const key = await visit.sendEvent(id, received('first', '08', 1));
  await visit.go(`/customers/${id}/events?paused=true`);
  await page.getByText('Paused', { exact: true }).waitFor();
  await visit.sendEvent(id, received('second', '09', 1), { key });
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('second', { exact: true }).waitFor();
});

journey('The stock of a SKU is seen as of a time, and each value leads to its receipt', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Yarrow');
  const key = await visit.sendEvent(id, received('morning', '08', 100));
  await visit.sendEvent(id, received('noon', '12', 20), { key });
  await folded(visit, id);
  await visit.go(`/customers/${id}/entities/stock/A@main`);
  const value = page
    .getByRole('row', { name: /^On hand/ })
    .getByRole('cell')
    .nth(1);
  await value.getByText('120').waitFor();
  await page.getByRole('button', { name: 'Previous change' }).click();
  await value.getByText('100').waitFor();
  assert.match(page.url(), /as_of=2026-03-02T08/);
  await page.getByRole('link', { name: 'Receipt of morning' }).first().click();
  await page.waitForURL(/receipts\?.*event=morning/);
  await page.getByText('Proven', { exact: false }).first().waitFor();
});

journey(
  'A CSV file is imported with a guessed mapping, and the report names the row that is left out',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { id } = await visit.newCustomer('Marjoram');
    await visit.go(`/customers/${id}/imports/new`);
    await page.locator('input[type=file]').setInputFiles(ordersFile);
    await page.getByLabel('Type of Quantity').selectOption('integer');
    await page.getByText('row 2, line 3').waitFor();
    await page.getByLabel('Event type').fill('order.line');
    await page.getByRole('button', { name: 'Start, leaving out 1' }).click();
    await page.getByText(/1 are not in the log/).waitFor();
    await page.getByText('row 2, line 3').waitFor();
    const file = await visit.download(() =>
      page.getByRole('button', { name: 'Download the faults' }).click(),
    );
    assert.match(file.text, /"orders\.csv, row 2, line 3",Quantity,x,/);
    await page.getByRole('link', { name: 'See the events' }).click();
    await page.getByText('orders.csv:1').waitFor();
  },
);
