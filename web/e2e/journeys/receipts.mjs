import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const proven = (page) => page.getByRole('heading', { name: 'Proven in this browser' });

journey('An event that the API accepts appears on the page of its customer', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Elder Events');
  await visit.go(`/customers/${id}/events`);
  await page.getByRole('heading', { name: 'No events yet' }).waitFor();
  const event = { event_id: 'elder-1', transaction_type: 'berry.picked', data: { weight: 3 } };
  const key = await visit.sendEvent(id, event);
  await visit.go(`/customers/${id}/events`);
  await page.getByRole('cell', { name: 'elder-1' }).waitFor();
  await page.getByRole('button', { name: 'berry.picked' }).click();
  await page.getByRole('dialog').getByText('"weight": 3').waitFor();
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  await page.getByText('Live', { exact: true }).waitFor();
  await visit.sendEvent(id, { ...event, event_id: 'elder-2' }, { key });
  // The focus is back in the list, so that nothing moves there by itself.
  await page.getByRole('button', { name: '1 new event' }).click();
  await page.getByRole('cell', { name: 'elder-2' }).waitFor();
});

journey(
  'A receipt is found by the id of its event and proven in the browser up to the signed root',
  async (open) => {
    const visit = await open();
    const { page, server } = visit;
    await visit.go('/receipts');
    await page.getByLabel('Customer', { exact: true }).selectOption(server.customer);
    await page.getByLabel('Event id').fill('demo-000042');
    await page.getByRole('button', { name: 'Find the receipt' }).click();
    await proven(page).waitFor();
    await page.getByText('5 of 6 checks proven').waitFor();
    const path = page.getByRole('list', { name: 'Hashes from the entry up to the root' });
    assert.equal(await path.getAttribute('data-proven'), 'true');
    const steps = await path.getByRole('listitem').count();
    assert.ok(steps > 10, `thousands of entries make a long path, not ${steps} steps`);
    await path.getByText('Signed root').waitFor();

    await page.getByLabel('Receipt secret', { exact: true }).fill(server.receiptSecret);
    await page.getByRole('button', { name: 'Check the signature' }).click();
    await page.getByText('6 of 6 checks proven').waitFor();

    const { name, text } = await visit.download(() =>
      page.getByRole('button', { name: 'receipt.json' }).click(),
    );
    assert.equal(name, 'receipt.json');
    assert.equal(JSON.parse(text).event_id, 'demo-000042');
  },
);

journey('A wrong receipt secret proves nothing', async (open) => {
  const visit = await open();
  const { page, server } = visit;
  await visit.go(`/customers/${server.customer}/receipts?event=demo-000043`);
  await page.getByLabel('Receipt secret', { exact: true }).fill('x'.repeat(server.receiptSecret.length));
  await page.getByRole('button', { name: 'Check the signature' }).click();
  await page.getByText('The signature does not fit this secret').waitFor();
});

const lies = {
  'whose payload was changed': (receipt) => ({
    ...receipt,
    data: { ...receipt.data, quantity: 1_000_000 },
    data_raw: btoa(JSON.stringify({ ...receipt.data, quantity: 1_000_000 })),
  }),
  'whose time was changed': (receipt) => ({ ...receipt, timestamp: '2020-01-01T00:00:00Z' }),
  'whose signed text was changed along with its members': (receipt) => ({
    ...receipt,
    transaction_type: 'order.refunded',
    signed_text: receipt.signed_text.replace(receipt.transaction_type, 'order.refunded'),
  }),
};

for (const [what, lie] of Object.entries(lies)) {
  journey(`A receipt ${what} on its way is refused in the browser`, async (open) => {
    const visit = await open();
    const { page, server } = visit;
    await page.route(/\/v1\/receipts\/demo-000044(\?|$)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: lie(await response.json()) });
    });
    await visit.go(`/customers/${server.customer}/receipts?event=demo-000044`);
    await page.getByRole('heading', { name: 'Not what was recorded' }).waitFor();
    assert.equal(await proven(page).count(), 0);
  });
}

journey('An id that no event has leads to a page that says so', async (open) => {
  const visit = await open();
  const { page, server } = visit;
  visit.expect(/^404 \/v1\/receipts\//);
  await visit.go(`/customers/${server.customer}/receipts?event=never-sent`);
  await page.getByRole('heading', { name: 'No such receipt' }).waitFor();
  await page.getByRole('link', { name: 'Find another' }).click();
  await page.getByLabel('Event id').waitFor();
});
