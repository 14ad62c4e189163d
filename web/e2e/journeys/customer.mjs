import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

journey('A new customer is recorded, and its receipt secret is shown once', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/customers');
  await page.getByRole('button', { name: 'New customer' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Willow & Daughters');
  await form.getByLabel('Industry').fill('Basketry');
  await form.getByRole('button', { name: 'Create the customer' }).click();
  const secret = (await page.getByRole('region', { name: 'receipt secret' }).innerText()).trim();
  assert.ok(secret.length >= 20, 'the secret is there to be copied');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { name: 'Willow & Daughters', level: 1 }).waitFor();
  await visit.settled();
  assert.ok(!(await page.content()).includes(secret), 'the secret is gone from the page');
});

journey('The record of a customer is edited, and the list shows the new name', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Hazel Before');
  await visit.go(`/customers/${id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Hazel After');
  await form.getByLabel('Value a year').fill('12345.60');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Hazel After', level: 1 }).waitFor();
  await visit.go('/customers?q=Hazel');
  await page.getByRole('link', { name: 'Hazel After' }).first().waitFor();
});

journey('An edit that somebody overtook is refused, and can be loaded again', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id, version } = await visit.newCustomer('Rowan');
  await visit.go(`/customers/${id}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Industry').fill('Mine');
  const response = await visit.context.request.patch(`/v1/customers/${id}`, {
    data: { industry: 'Theirs' },
    headers: { origin: visit.server.url, 'if-match': `"${version}"` },
  });
  assert.equal(response.status(), 200);
  visit.expect(/^412 /);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByRole('alert').waitFor();
  await form.getByRole('button', { name: 'Load it again' }).click();
  await page.getByText('Theirs').first().waitFor();
});
