// Playbooks as files that are read, checked as they are typed, kept, and compared.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

journey(
  'The library shows each playbook by its kind, and one is read from its first day to its last',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    await visit.go('/playbooks');
    const { items } = await visit.api('GET', '/v1/playbooks');
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), items.length);
    await page.getByRole('link', { name: /^30-day implementation/ }).click();
    await page.getByRole('heading', { name: '30-day implementation', level: 1 }).waitFor();
    const strip = page.getByRole('region', { name: 'Phases over the days' });
    const { model } = await visit.api('GET', '/v1/playbooks/implementation-30-day');
    assert.equal(await strip.getByRole('listitem').count(), model.phases.length);
    const last = model.phases.at(-1);
    await strip.getByRole('button', { name: last.title }).click();
    await page.getByRole('heading', { name: model.phases[0].title, level: 2 }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: last.title, level: 2 }).waitFor();
    await strip.getByRole('button', { name: last.title }).click();
    await page.getByRole('heading', { name: model.phases[0].title, level: 2 }).waitFor();
  },
);

journey(
  'A fault is named as it is typed, with its place and its fix, and a press goes there',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    await visit.go('/playbooks/implementation-30-day?view=source');
    await page.getByText('No faults').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const editor = page.getByRole('textbox', { name: /^Source of/ });
    const text = await editor.inputValue();
    const line = text.split('\n').findIndex((one) => /^\s+role: csm-lead$/.test(one)) + 1;
    assert.ok(line > 1);
    await editor.fill(text.replace(/^(\s+role: )csm-lead$/m, '$1csm-leed'));
    const faults = page.getByRole('list', { name: 'Faults' });
    const place = faults.getByRole('button', {
      name: new RegExp(`implementation-30-day\\.yaml:${line}:\\d+`),
    });
    await place.waitFor();
    await faults.getByText('csm-leed').first().waitFor();
    assert.ok(await page.getByRole('button', { name: 'Save as our version' }).isDisabled());
    await place.click();
    await page.getByText(`Line ${line}, column`).waitFor();
    assert.ok(await editor.evaluate((element) => element === document.activeElement));
    await editor.fill(text);
    await page.getByText('No faults').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  },
);

journey('A changed playbook is kept as our own version, and what differs is said in words', async (open) => {
  const visit = await open();
  const { page } = visit;
  const id = 'support-transition';
  const before = await visit.api('GET', `/v1/playbooks/${id}`);
  const title = `Support transition of ${Date.now()}`;
  await visit.go(`/playbooks/${id}?view=source`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const editor = page.getByRole('textbox', { name: /^Source of/ });
  await editor.fill((await editor.inputValue()).replace(/^title: .*$/m, `title: ${title}`));
  const save = page.getByRole('button', { name: 'Save as our version' });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('button')].some(
      (one) => one.textContent.includes('Save as our version') && !one.disabled,
    ),
  );
  await save.click();
  await page.waitForURL(/view=versions/);
  const next = before.version + 1;
  await page.getByText(`From version ${before.version} to version ${next}`).waitFor();
  await page.getByText(title).first().waitFor();
  await page.getByText(before.title).first().waitFor();
  const now = await visit.api('GET', `/v1/playbooks/${id}`);
  assert.equal(now.version, next);
  assert.equal(now.source, 'installation');
  await visit.go('/playbooks');
  await page
    .getByRole('link', { name: new RegExp(`^${title}`) })
    .getByText('Our own version')
    .waitFor();
});
