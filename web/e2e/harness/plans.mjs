// Plans of a journey's own, made over HTTP where the journey is not about how they are made.

/** The next Monday as `2026-03-02`, so that nothing of a plan lies in the past. */
export function nextMonday() {
  const now = new Date();
  const days = ((8 - now.getUTCDay()) % 7) + 7;
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

export const plansOf = (customer) => `/v1/customers/${customer}/plans`;

/** A 30-day plan that begins next Monday, with the first of its tasks that another waits for. */
export async function newPlan(visit, name, start = {}) {
  const { id } = await visit.newCustomer(name);
  const plan = await visit.api('POST', plansOf(id), {
    playbook: 'implementation-30-day',
    start: nextMonday(),
    ...start,
  });
  return {
    customer: id,
    plan,
    page: `/customers/${id}/plans/${plan.id}`,
    address: `${plansOf(id)}/${plan.id}`,
  };
}

/** A task of several days that others wait for, whose end moves the go-live; the most telling one to move. */
export function tellingTask({ items }) {
  const waiting = new Set(items.flatMap((item) => item.after.map((one) => one.item)));
  const tasks = items.filter((item) => item.kind === 'task' && item.state === 'open' && waiting.has(item.id));
  return tasks.find((item) => item.critical) ?? tasks[0];
}

/** The dates of every item, to compare two states of a plan by. */
export const datesOf = ({ items }) => items.map((item) => `${item.key} ${item.start} ${item.finish}`).sort();

export const rowOf = (page, item) => page.locator(`[data-row-id="${item.id}"]`);
export const barOf = (page, item) => rowOf(page, item).locator('[data-movable="true"]').first();
