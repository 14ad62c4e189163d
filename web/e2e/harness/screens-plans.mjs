// The screens of plans and playbooks; see screens.mjs.
import { nextMonday, plansOf, tellingTask } from './plans.mjs';

/** The customer of the demo whose plan is on day 18 and has slipped. */
const flagship = 'Fernhill Outdoor';
const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click();
const dialog = (page) => page.getByRole('dialog').first().waitFor();

export const planScreens = [
  { name: 'plans', route: '/customers/$id/plans', at: ({ withPlan }) => `/customers/${withPlan}/plans` },
  { name: 'no plan yet', route: '/customers/$id/plans', at: ({ silent }) => `/customers/${silent}/plans` },
  {
    name: 'start of a plan',
    route: '/customers/$id/plans/new',
    at: ({ busy }) => `/customers/${busy}/plans/new?playbook=implementation-30-day&start=2026-03-02`,
    act: async (page) => page.getByRole('region', { name: 'Every date' }).waitFor(),
  },
  { name: 'plan as a Gantt', route: '/customers/$id/plans/$plan', at: ({ plan }) => plan },
  {
    name: 'move that is tried',
    route: '/customers/$id/plans/$plan',
    at: ({ plan }) => plan,
    act: async (page) => {
      await page.locator('[data-row-id]:has([data-movable="true"])').first().focus();
      await page.keyboard.press('ArrowRight');
      await page
        .getByText(/items? moves?/)
        .first()
        .waitFor({ state: 'attached' });
    },
  },
  {
    name: 'item of a plan',
    route: '/customers/$id/plans/$plan',
    at: ({ plan, item }) => `${plan}?item=${item}`,
  },
  {
    name: 'progress of a plan',
    route: '/customers/$id/plans/$plan',
    at: ({ plan }) => plan,
    act: async (page) => {
      await page.getByRole('button', { name: /How is this computed\?$/ }).click();
      await dialog(page);
    },
  },
  {
    name: 'form of a new item',
    route: '/customers/$id/plans/$plan',
    at: ({ plan }) => plan,
    act: async (page) => {
      await press('Add an item')(page);
      await dialog(page);
    },
  },
  ...['board', 'list', 'calendar', 'checklists', 'budget', 'history'].map((view) => ({
    name: `plan as ${view}`,
    route: '/customers/$id/plans/$plan',
    // A plan has some hundred items, and every one of them is looked at four times.
    at: ({ plan }) => `${plan}?view=${view}${view === 'list' ? '&phase=planning' : ''}`,
  })),
  {
    name: 'list of a plan without a match',
    route: '/customers/$id/plans/$plan',
    at: ({ plan }) => `${plan}?view=list&q=nothing-like-this`,
  },
  { name: 'my day', route: '/my-day', at: '/my-day' },
  { name: 'my day without anything', route: '/my-day', at: '/my-day?date=2020-01-01' },
  { name: 'playbooks', route: '/playbooks', at: '/playbooks' },
  { name: 'playbook', route: '/playbooks/$playbook', at: '/playbooks/implementation-30-day' },
  {
    name: 'source of a playbook',
    route: '/playbooks/$playbook',
    at: '/playbooks/implementation-30-day?view=source',
  },
  {
    name: 'playbook with a fault',
    route: '/playbooks/$playbook',
    at: '/playbooks/implementation-30-day?view=source',
    act: async (page) => {
      await press('Edit')(page);
      const editor = page.getByRole('textbox', { name: /^Source of/ });
      await editor.fill((await editor.inputValue()).replace('kind: implementation', 'kind: implementations'));
      await page.getByRole('list', { name: 'Faults' }).waitFor();
    },
  },
  {
    name: 'versions of a playbook',
    route: '/playbooks/$playbook',
    at: '/playbooks/implementation-30-day?view=versions',
  },
];

/** Where the demo's most telling plan is. */
export async function planWorldOf(visit, customers, otherwise) {
  const plan = await planOf(
    visit,
    customers.filter((one) => one.name === flagship),
    otherwise,
  );
  return {
    withPlan: plan.customer,
    plan: `/customers/${plan.customer}/plans/${plan.id}`,
    item: (tellingTask(plan) ?? plan.items[0]).id,
  };
}

/** The demo's plan that has slipped, with its customer; where there is none, one that is begun for the pictures. */
async function planOf(visit, customers, otherwise) {
  for (const { id } of customers) {
    const { items } = await visit.api('GET', plansOf(id));
    const slipped = items.find((plan) => plan.late > 0);
    if (slipped) return visit.api('GET', `${plansOf(id)}/${slipped.id}`);
  }
  return visit.api('POST', plansOf(otherwise), { playbook: 'implementation-30-day', start: nextMonday() });
}
