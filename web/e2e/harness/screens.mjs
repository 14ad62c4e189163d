// Every screen of the application, in one place. A screen is looked at in both colour schemes and at both widths (see
// journeys/screens.mjs), and a route of the router that no screen here names fails a test.
//
// route   the router's own name of the address
// at      where the screen is in the demo: an address, or a function of the world that `worldOf` gives
// act     what brings the page into the state that is meant, after it has come to rest
// expects a fault on the way that the screen is about
// door    it is seen by somebody who is not signed in

import { planScreens, planWorldOf } from './screens-plans.mjs';

const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click();
const openFirstRow = (page) => page.locator('tbody button').first().click();
/** Orders of two lines, one of which has no number. */
export const ordersFile = {
  name: 'orders.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Order,SKU,Quantity,Price,Ordered at\nA-1,SKU-101,2,1.25,2026-03-02 08:00\nA-2,SKU-102,x,2.50,2026-03-02 09:30\n',
  ),
};
const chooseFile = async (page) => {
  await page.locator('input[type=file]').setInputFiles(ordersFile);
  await page.getByRole('button', { name: /^Start/ }).waitFor();
};
const dialog = (page) => page.getByRole('dialog').first().waitFor();

export const screens = [
  { name: 'sign-in', route: '/sign-in', at: '/sign-in', door: true },
  { name: 'set-up', route: '/setup', at: '/setup#a-token', door: true },
  { name: 'set-up without a token', route: '/setup', at: '/setup', door: true },
  { name: 'portfolio', route: '/customers', at: '/customers' },
  { name: 'portfolio without a match', route: '/customers', at: '/customers?q=nothing-like-this' },
  {
    name: 'portfolio with a selection',
    route: '/customers',
    at: '/customers',
    act: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('x');
    },
  },
  { name: 'form of a new customer', route: '/customers', at: '/customers?new=true', act: dialog },
  {
    name: 'palette',
    route: '/customers',
    at: '/customers',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox').fill('a');
    },
  },
  { name: 'customer', route: '/customers/$id', at: ({ busy }) => `/customers/${busy}` },
  { name: 'customer without events', route: '/customers/$id', at: ({ silent }) => `/customers/${silent}` },
  {
    name: 'form of a customer',
    route: '/customers/$id',
    at: ({ busy }) => `/customers/${busy}`,
    act: async (page) => {
      await press('Edit')(page);
      await dialog(page);
    },
  },
  {
    name: 'activity',
    route: '/customers/$id/activity',
    at: ({ busy }) => `/customers/${busy}/activity`,
  },
  {
    name: 'activity without a match',
    route: '/customers/$id/activity',
    at: ({ silent }) => `/customers/${silent}/activity?about=data`,
  },
  { name: 'people', route: '/customers/$id/people', at: ({ busy }) => `/customers/${busy}/people` },
  {
    name: 'form of a contact',
    route: '/customers/$id/people',
    at: ({ busy }) => `/customers/${busy}/people`,
    act: async (page) => {
      await press('Add a contact')(page);
      await page.getByLabel('Stands for').or(page.getByText('Stands for')).first().waitFor();
    },
  },
  {
    name: 'form of a team member',
    route: '/customers/$id/people',
    at: ({ busy }) => `/customers/${busy}/people`,
    act: async (page) => {
      await press('Add to the team')(page);
      await page.getByLabel('Person').waitFor();
    },
  },
  {
    name: 'calendar',
    route: '/customers/$id/calendar',
    at: ({ busy }) => `/customers/${busy}/calendar`,
  },
  {
    name: 'form of a calendar',
    route: '/customers/$id/calendar',
    at: ({ busy }) => `/customers/${busy}/calendar`,
    act: async (page) => {
      await press('Change the calendar')(page);
      await page.getByLabel('Holds from').waitFor();
    },
  },
  {
    name: 'file of closed days',
    route: '/customers/$id/calendar',
    at: ({ busy }) => `/customers/${busy}/calendar`,
    act: async (page) => {
      await press('Import a file')(page);
      await page.getByLabel('Calendar file (.ics)').waitFor();
    },
  },
  ...planScreens,
  {
    name: 'keys of the page',
    route: '/customers',
    at: '/customers',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('heading', { name: 'Keys of this page' }).waitFor();
    },
  },
  {
    name: 'portfolio with filters',
    route: '/customers',
    at: '/customers?stage=onboarding&plan=Professional&q=e',
  },
  { name: 'events', route: '/customers/$id/events', at: ({ busy }) => `/customers/${busy}/events` },
  {
    name: 'event',
    route: '/customers/$id/events',
    at: ({ busy }) => `/customers/${busy}/events`,
    act: openFirstRow,
  },
  {
    name: 'no events yet',
    route: '/customers/$id/events',
    at: ({ silent }) => `/customers/${silent}/events`,
  },
  { name: 'entities', route: '/customers/$id/entities', at: ({ busy }) => `/customers/${busy}/entities` },
  {
    name: 'entities without a match',
    route: '/customers/$id/entities',
    at: ({ busy }) => `/customers/${busy}/entities?q=nothing-like-this`,
  },
  { name: 'entity', route: '/customers/$id/entities/$type/$entity', at: ({ entity }) => entity },
  {
    name: 'entity as of a time',
    route: '/customers/$id/entities/$type/$entity',
    at: ({ entity, halfway }) => `${entity}?as_of=${halfway}`,
  },
  {
    name: 'data quality',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?period=all`,
  },
  {
    name: 'data quality of an import',
    route: '/customers/$id/quality',
    at: ({ busy, batch }) => `/customers/${busy}/quality?batch=${batch}`,
  },
  {
    name: 'figure of data quality',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?period=all&open=completeness`,
    act: dialog,
  },
  {
    name: 'fields',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?view=fields`,
  },
  {
    name: 'faults',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?view=faults`,
  },
  {
    name: 'fault',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?view=faults`,
    act: openFirstRow,
  },
  {
    name: 'alerts',
    route: '/customers/$id/quality',
    at: ({ busy }) => `/customers/${busy}/quality?view=alerts`,
  },
  {
    name: 'event types',
    route: '/customers/$id/event-types',
    at: ({ busy }) => `/customers/${busy}/event-types`,
  },
  {
    name: 'schema of an event type',
    route: '/customers/$id/event-types',
    at: ({ busy }) => `/customers/${busy}/event-types?open=order.line`,
    act: dialog,
  },
  { name: 'imports', route: '/customers/$id/imports', at: ({ busy }) => `/customers/${busy}/imports` },
  {
    name: 'no imports yet',
    route: '/customers/$id/imports',
    at: ({ silent }) => `/customers/${silent}/imports`,
  },
  {
    name: 'import',
    route: '/customers/$id/imports/$import',
    at: ({ busy, imported }) => `/customers/${busy}/imports/${imported}`,
  },
  {
    name: 'new import',
    route: '/customers/$id/imports/new',
    at: ({ busy }) => `/customers/${busy}/imports/new`,
  },
  {
    name: 'mapping of a new import',
    route: '/customers/$id/imports/new',
    at: ({ busy }) => `/customers/${busy}/imports/new`,
    act: chooseFile,
  },
  { name: 'receipt', route: '/customers/$id/receipts', at: ({ receipt }) => receipt },
  {
    name: 'receipts of a customer',
    route: '/customers/$id/receipts',
    at: ({ busy }) => `/customers/${busy}/receipts`,
  },
  {
    name: 'audit trail of a customer',
    route: '/customers/$id/audit-trail',
    at: ({ busy }) => `/customers/${busy}/audit-trail`,
  },
  {
    name: 'entry of the audit trail',
    route: '/customers/$id/audit-trail',
    at: ({ busy }) => `/customers/${busy}/audit-trail`,
    act: openFirstRow,
  },
  { name: 'API keys', route: '/customers/$id/api-keys', at: ({ busy }) => `/customers/${busy}/api-keys` },
  {
    name: 'form of a new API key',
    route: '/customers/$id/api-keys',
    at: ({ busy }) => `/customers/${busy}/api-keys`,
    act: press('New key'),
  },
  { name: 'receipt finder', route: '/receipts', at: '/receipts' },
  { name: 'audit trail', route: '/audit-trail', at: '/audit-trail' },
  {
    name: 'audit trail of the installation',
    route: '/audit-trail',
    at: `/audit-trail?customer=cus_${'0'.repeat(26)}`,
  },
  { name: 'people', route: '/settings/people', at: '/settings/people' },
  {
    name: 'invitation of somebody',
    route: '/settings/people',
    at: '/settings/people',
    act: async (page) => {
      await press('Invite')(page);
      await dialog(page);
      await page.getByRole('radio', { name: 'Named customers' }).check();
    },
  },
  { name: 'person', route: '/settings/people/$id', at: ({ me }) => `/settings/people/${me}` },
  { name: 'roles', route: '/settings/roles', at: '/settings/roles' },
  { name: 'operator keys', route: '/settings/keys', at: '/settings/keys' },
  { name: 'security', route: '/settings/security', at: '/settings/security' },
  { name: 'forgotten password', route: '/forgotten-password', at: '/forgotten-password', door: true },
  {
    name: 'broken password link',
    route: '/password',
    at: '/password#link',
    door: true,
    expects: /^404 \/v1\/password-links/,
  },
  {
    name: 'portal of a customer',
    route: '/customers/$id/portal',
    at: ({ busy }) => `/customers/${busy}/portal`,
  },
  { name: 'inbox', route: '/inbox', at: '/inbox' },
  { name: 'mail', route: '/mail', at: '/mail' },
  { name: 'my account', route: '/account', at: '/account' },
  {
    name: 'setting up an authenticator app',
    route: '/account',
    at: '/account',
    act: async (page) => {
      await press('Set up')(page);
      await page.getByRole('img', { name: /QR code/ }).waitFor();
    },
  },
  {
    name: 'adding a passkey',
    route: '/account',
    at: '/account',
    act: async (page) => {
      await press('Add a passkey')(page);
      await dialog(page);
    },
  },
  { name: 'sign-in settings', route: '/settings/sign-in', at: '/settings/sign-in' },
  { name: 'nowhere', at: '/nowhere' },
];

/** Routes that only lead elsewhere. */
export const withoutScreen = ['/', '/settings'];

/** Where the demo's more telling customers, events and receipts are. */
export async function worldOf(visit) {
  const { items } = await visit.api('GET', '/v1/customers?limit=200');
  const silent = items.find((one) => one.counts.events === 0 && one.name !== 'Journey');
  const busy = visit.server.customer;
  const receipt = new URLSearchParams({ event: 'demo-000001', source: '/demo/wholesale' });
  // The demo's last events may still be on their way into its entities.
  while ((await visit.api('GET', `/v1/entity-types?customer=${busy}`)).eventsWaiting > 0)
    await visit.page.waitForTimeout(100);
  const sku = await visit.api('GET', `/v1/entities/sku/SKU-101?customer=${busy}`);
  const imports = await visit.api('GET', `/v1/imports?customer=${busy}`);
  const { person } = await visit.api('GET', '/v1/sessions/current');
  return {
    ...(await planWorldOf(visit, items, busy)),
    busy,
    me: person.id,
    silent: silent.id,
    receipt: `/customers/${busy}/receipts?${receipt}`,
    entity: `/customers/${busy}/entities/sku/SKU-101`,
    halfway: new Date((Date.parse(sku.firstAt) + Date.parse(sku.lastAt)) / 2).toISOString(),
    imported: imports.items[0].id,
    batch: imports.items[0].batch,
  };
}
