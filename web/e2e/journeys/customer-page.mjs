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

journey('A due time is explained day by day, with public holidays by name', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Cloudberry');
  await visit.go(`/customers/${id}/calendar?month=2026-01`);
  await page.getByRole('button', { name: 'Write a calendar' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Holds from').fill('2026-01-01');
  await form.getByLabel('Time zone').fill('Europe/Berlin');
  await form.getByLabel('Public holidays of').selectOption('DE');
  await form.getByLabel('Region').selectOption({ label: 'Bayern' });
  await form.getByRole('button', { name: 'Save the calendar' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Epiphany' }).waitFor();
  await page.getByText('Germany, Bayern').waitFor();

  await page.getByLabel('From', { exact: true }).fill('2026-01-05T15:00');
  await page.getByLabel('Business time', { exact: true }).fill('4h');
  await page.getByText('Wednesday 2026-01-07 11:00 (Europe/Berlin)').waitFor();
  await page.getByText('Tuesday 2026-01-06: closed, Epiphany').waitFor();
  visit.expect(/^400 /);
  await page.getByLabel('Business time', { exact: true }).fill('soon');
  await page.getByText(/is no business time/).waitFor();
});

const calendarFile = (...events) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

journey('Closed days come from a calendar file, previewed first', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Elderberry');
  await visit.api('PUT', `/v1/customers/${id}/calendars/2026-01-01`, {
    week: { thursday: [{ from: '09:00', until: '17:00' }] },
    closedDays: [{ date: '2026-12-25', name: 'Ours' }],
  });
  await visit.go(`/customers/${id}/calendar?month=2026-12`);
  await page.getByRole('button', { name: 'Import a file' }).click();
  const form = page.getByRole('dialog');
  const choose = (text) =>
    form
      .getByLabel('Calendar file (.ics)')
      .setInputFiles({ name: 'days.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) });

  visit.expect(/^422 /);
  await choose(
    calendarFile(
      ['DTSTART:20261224T090000Z', 'SUMMARY:Party'],
      ['DTSTART;VALUE=DATE:20261224', 'SUMMARY:Rule', 'RRULE:FREQ=DAILY'],
    ),
  );
  await form.getByText(/^Line 4: /).waitFor();
  await form.getByText(/^Line 10: /).waitFor();

  await choose(
    calendarFile(['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261226', 'SUMMARY:Winter break']),
  );
  await form.getByText('One day would be added').waitFor();
  await form.getByText('One day is closed already and keeps its name.').waitFor();
  await form.getByRole('button', { name: 'Add these days' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Winter break' }).waitFor();
});
