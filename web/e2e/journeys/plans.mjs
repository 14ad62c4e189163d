// A plan from its start to its last day: started with every date shown first, moved with the hand and with the keys,
// worked on by two, and accounted for.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';
import { roundOf } from '../harness/keyboard.mjs';
import { barOf, datesOf, newPlan, plansOf, rowOf, tellingTask } from '../harness/plans.mjs';

const panel = (page) => page.getByRole('region', { name: 'Try this move' });
const told = (page, text) => page.getByRole('alert').filter({ hasText: text });

/** Gives a reason and applies, conflicts and all. */
async function apply(page, reason) {
  const draft = panel(page);
  await draft.getByLabel('Reason').fill(reason);
  const accept = draft.getByRole('checkbox', { name: /^Apply with/ });
  if (await accept.isVisible()) await accept.check();
  await draft.getByRole('button', { name: 'Apply', exact: true }).click();
  await draft.waitFor({ state: 'detached' });
}

journey(
  'A 30-day plan is started with every date shown first: day 25 is Thursday 26 March, day 30 Tuesday 31 March',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { id } = await visit.newCustomer('Linden Freight');
    await visit.go(`/customers/${id}`);
    await page.getByRole('link', { name: 'Start a plan' }).first().click();
    await page.getByLabel('Playbook', { exact: true }).selectOption('implementation-30-day');
    await page.getByLabel('Day 1', { exact: true }).fill('2026-03-02');
    const dates = page.getByRole('region', { name: 'Every date' });
    const onDay = (day, date) =>
      dates
        .getByRole('row')
        .filter({ hasText: new RegExp(`^Day ${day}\\D`) })
        .filter({ hasText: date });
    await onDay(1, /Mon,? 2 Mar 2026/)
      .first()
      .waitFor();
    await onDay(25, /Thu,? 26 Mar 2026/)
      .first()
      .waitFor();
    await onDay(30, /Tue,? 31 Mar 2026/)
      .first()
      .waitFor();
    assert.deepEqual((await visit.api('GET', plansOf(id))).items, [], 'nothing is stored before the start');

    await page.getByRole('button', { name: 'Start the plan' }).click();
    await page.waitForURL(/\/plans\/pln_/);
    await page.getByRole('treegrid', { name: 'Plan over its days' }).waitFor();
    const { items } = await visit.api('GET', plansOf(id));
    assert.equal(items[0].goLive.baseline, '2026-03-26');
    assert.equal(items[0].finish.baseline, '2026-03-31');
    await page
      .getByText(/planned Thu,? 26 Mar/)
      .or(page.getByText('On the day'))
      .first()
      .waitFor();
  },
);

journey('A closed first day is named, and the plan begins on the next open one', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { id } = await visit.newCustomer('Larch Freight');
  await visit.go(`/customers/${id}/plans/new?playbook=implementation-30-day&start=2026-02-28`);
  await page.getByText(/28 Feb 2026 is closed .*Day 1 moves to Mon,? 2 Mar 2026/).waitFor();
});

journey(
  'A task is dragged: what it moves is shown first, then applied, and one press undoes all of it',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { plan, page: path, address } = await newPlan(visit, 'Drag Line');
    const task = tellingTask(plan);
    await visit.go(`${path}?zoom=day`);
    await page.getByText('Live', { exact: true }).waitFor();
    const bar = barOf(page, task);
    await bar.scrollIntoViewIfNeeded();
    const box = await bar.boundingBox();
    const day = box.width / (1 + (Date.parse(task.finish) - Date.parse(task.start)) / 86_400_000);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 6, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 6 + 4 * day, y, { steps: 8 });
    await page
      .getByText(/items? moves?/)
      .first()
      .waitFor();
    await page.mouse.up();
    await panel(page)
      .getByText(/items? moves?/)
      .first()
      .waitFor();
    assert.deepEqual(datesOf(await visit.api('GET', address)), datesOf(plan), 'a preview stores nothing');

    await apply(page, 'The data owner is away');
    await told(page, /moved/).waitFor();
    const moved = await visit.api('GET', address);
    assert.notDeepEqual(datesOf(moved), datesOf(plan));
    assert.ok(moved.items.find((item) => item.id === task.id).start > task.start);
    await told(page, /moved/).getByRole('button', { name: 'Undo' }).click();
    await told(page, 'Every date is back where it was').waitFor();
    assert.deepEqual(datesOf(await visit.api('GET', address)), datesOf(plan));

    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('The data owner is away').first().waitFor();
    await page.getByText('Undone', { exact: true }).waitFor();
  },
);

journey(
  'With the keyboard alone a task is moved, lengthened, tried, cancelled, applied and put back',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { plan, page: path, address } = await newPlan(visit, 'Key Line');
    const task = tellingTask(plan);
    await visit.go(path);
    const row = rowOf(page, task);
    await row.focus();
    await page.keyboard.press('ArrowRight');
    await panel(page).waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    assert.ok(
      await row.evaluate((element) => element === document.activeElement),
      'the focus stays on the row',
    );

    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('ArrowRight');
    await panel(page)
      .getByText(/items? moves?/)
      .first()
      .waitFor();
    await page
      .locator('[aria-live]')
      .filter({ hasText: /items? moves?/ })
      .first()
      .waitFor({ state: 'attached' });
    await apply(page, 'Two days later');
    await told(page, /moved/).waitFor();
    const moved = (await visit.api('GET', address)).items.find((item) => item.id === task.id);
    assert.ok(moved.start > task.start);
    assert.equal(moved.workingDays, task.workingDays, 'the step that was taken back is not applied');

    await row.focus();
    await page.keyboard.press('Control+z');
    await told(page, 'Every date is back where it was').waitFor();
    assert.deepEqual(datesOf(await visit.api('GET', address)), datesOf(plan));
  },
);

journey('The same move is made without a drag, in the date field of the details', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { plan, page: path, address } = await newPlan(visit, 'Field Line');
  const task = tellingTask(plan);
  await visit.go(`${path}?item=${task.id}`);
  const details = page.getByRole('region', { name: `Details of ${task.title}` });
  const later = new Date(Date.parse(task.start) + 7 * 86_400_000).toISOString().slice(0, 10);
  await details.getByLabel('Start').fill(later);
  await panel(page)
    .getByText(/items? moves?/)
    .first()
    .waitFor();
  await details.getByText('How were these dates computed?').click();
  await apply(page, 'A week later');
  const moved = (await visit.api('GET', address)).items.find((item) => item.id === task.id);
  assert.equal(moved.start, later);
});

journey('Two browsers see each other’s changes at once', async (open) => {
  const [one, other] = [await open(), await open()];
  const { plan, page: path } = await newPlan(one, 'Live Line');
  const task = tellingTask(plan);
  await one.go(path);
  await other.go(`${path}?view=board`);
  for (const { page } of [one, other]) await page.getByText('Live', { exact: true }).waitFor();
  const card = other.page.locator(`[data-card="${task.id}"]`);
  await card.focus();
  await other.page.keyboard.press('Shift+ArrowRight');
  await one.page.locator(`[data-row-id="${task.id}"] [data-state="in-progress"]`).first().waitFor();
  await rowOf(one.page, task).focus();
  await one.page.keyboard.press('ArrowRight');
  await panel(one.page)
    .getByText(/items? moves?/)
    .first()
    .waitFor();
  const before = await card.getAttribute('aria-label');
  await apply(one.page, 'Seen by both');
  await other.page.waitForFunction(
    ([id, label]) => document.querySelector(`[data-card="${id}"]`)?.getAttribute('aria-label') !== label,
    [task.id, before],
  );
});

journey('Who was overtaken sees what changed, and does their change again', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { plan, page: path, address } = await newPlan(visit, 'Overtaken Line');
  const task = tellingTask(plan);
  // Without the stream this window does not hear what the other one does.
  await page.route('**/live', (route) => route.fulfill({ status: 204 }));
  await visit.go(`${path}?view=list`);
  const headers = { origin: visit.server.url, 'if-match': `"${task.version}"` };
  const theirs = await visit.context.request.patch(`${address}/items/${task.id}`, {
    data: { state: 'in-progress' },
    headers,
  });
  assert.equal(theirs.status(), 200, await theirs.text());
  visit.expect(/^412 /);
  await page.getByLabel(`State of ${task.title}`).selectOption('cancelled');
  const notice = page.getByRole('alert').filter({ hasText: 'Somebody else changed' });
  await notice.getByText('Theirs: In progress').waitFor();
  await notice.getByText('Yours: Cancelled').waitFor();
  await notice.getByRole('button', { name: 'Redo mine' }).click();
  await told(page, 'Your change is done again').waitFor();
  const now = (await visit.api('GET', address)).items.find((item) => item.id === task.id);
  assert.equal(now.state, 'cancelled');
});

journey('The board is driven with the keyboard, and the focus goes with the card', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { plan, page: path, address } = await newPlan(visit, 'Board Line');
  await visit.go(`${path}?view=board`);
  const task = tellingTask(plan);
  const card = page.locator(`[data-card="${task.id}"]`);
  await card.focus();
  await page.keyboard.press('Shift+ArrowRight');
  const inProgress = page.getByRole('list', { name: /^In progress/ });
  await inProgress.locator(`[data-card="${task.id}"]`).waitFor();
  await told(page, 'In progress').waitFor();
  await page.waitForFunction((id) => document.activeElement?.getAttribute('data-card') === id, task.id);
  const now = (await visit.api('GET', address)).items.find((item) => item.id === task.id);
  assert.equal(now.state, 'in-progress');
  await told(page, 'In progress').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('list', { name: /^Open/ }).locator(`[data-card="${task.id}"]`).waitFor();
});

journey(
  'The list of a plan is filtered in the address, edited in its cells and finished in bulk',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { plan, page: path, address } = await newPlan(visit, 'List Line');
    const [phase] = plan.phases;
    await visit.go(`${path}?view=list&phase=${phase.id}`);
    const rows = page.getByRole('region', { name: 'Items', exact: true }).locator('tbody tr');
    const inPhase = plan.items.filter((item) => item.phase === phase.id);
    assert.equal(await rows.count(), inPhase.length);
    const [first, second] = inPhase;
    await page.getByLabel(`State of ${first.title}`).selectOption('in-progress');
    await told(page, `${first.title}: In progress`).waitFor();
    await page.getByLabel(`Select ${first.title}`).check();
    await page.getByLabel(`Select ${second.title}`).check();
    await page.getByRole('button', { name: 'Mark as done' }).click();
    await page.waitForFunction(
      (titles) =>
        titles.every((title) => document.querySelector(`[aria-label="State of ${title}"]`)?.value === 'done'),
      [first.title, second.title],
    );
    await visit.settled();
    const now = await visit.api('GET', address);
    for (const { id } of [first, second])
      assert.equal(now.items.find((item) => item.id === id).state, 'done');
    await page.getByLabel('State', { exact: true }).selectOption('done');
    await page.waitForURL(/state=done/);
    await page.reload();
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
  },
);

journey(
  'My day has what is mine on a day: an hour is logged, an item finished, and taken back',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const { person } = await visit.api('GET', '/v1/sessions/current');
    const { plan, address } = await newPlan(visit, 'Day Line');
    await visit.api('POST', `${address}/items`, {
      kind: 'task',
      title: 'Call the sponsor',
      phase: plan.phases[0].id,
      owner: person.id,
      start: plan.start,
      finish: plan.start,
      effortHours: 2,
    });
    await visit.go(`/my-day?date=${plan.start}`);
    await page.getByRole('link', { name: 'My day' }).first().waitFor();
    const line = page
      .getByRole('listitem')
      .filter({ hasText: 'Call the sponsor' })
      .filter({ hasText: 'Day Line' });
    await line.getByLabel('Log time for Call the sponsor').fill('1.5h');
    await page.keyboard.press('Enter');
    await told(page, '1.5 h logged for Call the sponsor').waitFor();
    await line.getByLabel('Mark as done: Call the sponsor').click();
    await told(page, 'Call the sponsor is done').getByRole('button', { name: 'Undo' }).click();
    await line.waitFor();
    const now = (await visit.api('GET', address)).items.find((item) => item.title === 'Call the sponsor');
    assert.equal(now.loggedHours, 1.5);
    assert.notEqual(now.state, 'done');
  },
);

journey('Time is logged against the budget by role, and a mistake is taken back', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { plan, page: path, address } = await newPlan(visit, 'Budget Line');
  const task = plan.items.find((item) => item.kind === 'task' && item.role === 'csm-lead');
  await visit.go(`${path}?view=budget`);
  const logged = page.getByRole('row').filter({ hasText: 'CSM lead' }).getByRole('cell').nth(2);
  await logged.getByText('0 h', { exact: true }).waitFor();
  await page.getByLabel('Item', { exact: true }).selectOption(task.id);
  const field = page.getByLabel(`Log time for ${task.title}`);
  await field.fill('soon');
  await page.keyboard.press('Enter');
  await page.getByText('As 1.5h, 90m or 1:30, at most 24 hours').waitFor();
  await field.fill('90m');
  await page.keyboard.press('Enter');
  await told(page, `1.5 h logged for ${task.title}`).waitFor();
  await logged.getByText('1.5 h', { exact: true }).waitFor();
  assert.equal((await visit.api('GET', `${address}/budget`)).ours.loggedHours, 1.5);
  await page.getByRole('button', { name: /^Remove 1\.5 h/ }).click();
  await told(page, 'The entry is removed').waitFor();
  await logged.getByText('0 h', { exact: true }).waitFor();
});

journey('A checklist is ready when all of it is ticked', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { page: path, address } = await newPlan(visit, 'Check Line');
  const { items } = await visit.api('GET', `${address}/checklists`);
  const [list] = items.toSorted((left, right) => left.entries.length - right.entries.length);
  await visit.go(`${path}?view=checklists`);
  for (const entry of list.entries) {
    const box = page.getByRole('checkbox', { name: entry.text, exact: true }).first();
    await box.check();
    assert.ok(await box.isChecked());
  }
  await page.getByText('Ready', { exact: true }).first().waitFor();
  await visit.settled();
  const now = (await visit.api('GET', `${address}/checklists`)).items.find((one) => one.id === list.id);
  assert.equal(now.ready, true);
});

journey('An item is added by hand, waits for another, and its dependency is tried first', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { plan, page: path, address } = await newPlan(visit, 'Added Line');
  const task = tellingTask(plan);
  await visit.go(path);
  await page.getByRole('button', { name: 'Add an item' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Title').fill('Order the scanners');
  await form.getByLabel('Start').fill(plan.start);
  await form.getByLabel('Finish').fill(plan.start);
  await form.getByRole('button', { name: 'Add the item' }).click();
  const details = page.getByRole('region', { name: 'Details of Order the scanners' });
  await details.getByRole('button', { name: 'Add a dependency' }).click();
  await details.getByLabel('Waits for').selectOption(task.id);
  await details.getByRole('button', { name: 'Try it' }).click();
  await panel(page)
    .getByText(/items? moves?/)
    .first()
    .waitFor();
  await apply(page, 'They are ordered once that is done');
  await details.getByRole('button', { name: task.title, exact: true }).waitFor();
  const now = (await visit.api('GET', address)).items.find((item) => item.title === 'Order the scanners');
  assert.equal(now.after[0].item, task.id);
  assert.ok(now.start > task.finish);
});

journey('The Tab key walks a plan to its end: the Gantt is one stop of it', async (open) => {
  const visit = await open();
  const { page } = visit;
  const { page: path } = await newPlan(visit, 'Round Line');
  await visit.go(path);
  const stops = await roundOf(page);
  assert.ok(stops.length > 20 && stops.length < 70, `${stops.length} stops`);
  await page.keyboard.press('?');
  await page.getByText('Move the item by a business day').waitFor();
});
