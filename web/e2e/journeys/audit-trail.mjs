import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const list = (page) => page.getByRole('region', { name: 'Audit trail' });

journey(
  'The audit trail shows who changed what, narrows by kind, and exports what it shows',
  async (open) => {
    const visit = await open();
    const { page, server } = visit;
    const { id, version } = await visit.newCustomer('Yew Before');
    await visit.context.request.patch(`/v1/customers/${id}`, {
      data: { name: 'Yew After' },
      headers: { origin: server.url, 'if-match': `"${version}"` },
    });
    await visit.sendEvent(id, { event_id: 'yew-1', transaction_type: 'bow.strung', data: {} });

    await visit.go(`/customers/${id}/audit-trail`);
    const all = await list(page).locator('tbody tr').count();
    await page.getByLabel('Kind').selectOption('record');
    await page.waitForURL(/kind=record/);
    await visit.settled();
    const records = await list(page).locator('tbody tr').count();
    assert.ok(records >= 2 && records < all, `${records} changes among ${all} entries`);

    await list(page)
      .getByRole('button', { name: /customer changed|customer updated/i })
      .first()
      .click();
    const details = page.getByRole('dialog');
    await details.getByText('Yew Before').waitFor();
    await details.getByText('Yew After').first().waitFor();
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });

    const { name, text } = await visit.download(() => page.getByRole('button', { name: 'Export' }).click());
    assert.equal(name, 'audit-trail.csv');
    assert.equal(text.trim().split('\r\n').length, records + 1);
    assert.ok(text.includes('Yew After'));

    await page.getByLabel('From', { exact: true }).fill('2001-01-01');
    await page.getByLabel('To', { exact: true }).fill('2001-01-02');
    await page.getByRole('heading', { name: 'Nothing happened in these days' }).waitFor();
  },
);

journey('The installation has an audit trail of its own', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/audit-trail');
  await page.getByRole('heading', { name: 'Choose a customer' }).waitFor();
  await page.getByLabel('Customer', { exact: true }).selectOption({ label: 'This installation' });
  await list(page).locator('tbody tr').first().waitFor();
});
