import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

journey('A contact is added, removed and brought back, and the timeline tells it', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Quince & Co');
  await visit.go(`/customers/${id}/people`);
  await page.getByRole('button', { name: 'Add a contact' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Ida Brandt');
  await form.getByText('Executive sponsor').click();
  await form.getByRole('button', { name: 'Save the contact' }).click();
  await page.getByRole('button', { name: 'Remove Ida Brandt' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: 'Ida Brandt removed' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await page.getByRole('button', { name: 'Remove Ida Brandt' }).waitFor();
  await visit.go(`/customers/${id}/activity`);
  const lines = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  const told = lines.map((line) => line.match(/(added|removed|brought back) the contact Ida Brandt/)?.[1]);
  assert.deepEqual(told.slice(0, 3), ['brought back', 'removed', 'added']);
});

journey('A fact of the contract is changed where it stands, with the keyboard', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Medlar');
  await visit.go(`/customers/${id}`);
  await page.getByRole('button', { name: /^Payment terms:/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('net 14');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'Plan' }).waitFor();
  await page.keyboard.press('Escape');
  await visit.go(`/customers/${id}`);
  await page.getByRole('button', { name: 'Payment terms: net 14. Change it' }).waitFor();
});

journey('A calendar is written, and the month shows what is closed and why', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Bilberry');
  await visit.go(`/customers/${id}/calendar?month=2026-03`);
  await page.getByRole('button', { name: 'Write a calendar' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Holds from').fill('2026-03-01');
  await form.getByLabel('Monday').fill('9-12');
  await form.getByLabel('Tuesday').fill('17-9');
  await form.getByLabel('Closed days, one a line').fill('2026-03-16 Stock taking');
  visit.expect(/^422 /);
  await form.getByRole('button', { name: 'Save the calendar' }).click();
  await form
    .getByText(/An interval ends after it begins/)
    .first()
    .waitFor();
  await form.getByLabel('Tuesday').fill('9-17');
  await form.getByRole('button', { name: 'Save the calendar' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Stock taking' }).waitFor();
});
