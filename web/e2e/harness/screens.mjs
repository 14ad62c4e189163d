// Every screen of the application, in one place. A screen is looked at in both colour schemes and at both widths (see
// journeys/screens.mjs), and a route of the router that no screen here names fails a test.
//
// route   the router's own name of the address
// at      where the screen is in the demo: an address, or a function of the world that `worldOf` gives
// act     what brings the page into the state that is meant, after it has come to rest
// door    it is seen by somebody who is not signed in

const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click();
const openFirstRow = (page) => page.locator('tbody button').first().click();
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
export const withoutScreen = ['/'];

/** Where the demo's more telling customers, events and receipts are. */
export async function worldOf(visit) {
  const { items } = await visit.api('GET', '/v1/customers?limit=200');
  const silent = items.find((one) => one.counts.events === 0 && one.name !== 'Journey');
  const busy = visit.server.customer;
  const receipt = new URLSearchParams({ event: 'demo-000001', source: '/demo/wholesale' });
  return { busy, silent: silent.id, receipt: `/customers/${busy}/receipts?${receipt}` };
}
