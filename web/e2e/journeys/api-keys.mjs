import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

journey('An API key is shown once, works, and stops working when it is revoked', async (open) => {
  const visit = await open();
  const { page, server } = visit;
  const { id } = await visit.newCustomer('Linden Keys');
  await visit.go(`/customers/${id}/api-keys`);
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Till');
  await page.getByRole('button', { name: 'Create the key' }).click();
  const key = (await page.getByRole('region', { name: 'API key', exact: true }).innerText()).trim();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  assert.ok(!(await page.content()).includes(key), 'the key is gone from the page');

  const send = (event) =>
    fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        event_id: event,
        timestamp: '2026-03-02T09:00:00Z',
        transaction_type: 't',
        data: {},
      }),
    });
  assert.equal((await send('linden-1')).status, 201);

  const row = page.getByRole('row').filter({ hasText: 'Till' });
  await row.getByText('Active').waitFor();
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await row.getByText('Revoked').waitFor();
  assert.equal((await send('linden-2')).status, 401);
});
