// Every screen in both schemes and sizes: no accessibility fault, nothing that scrolls sideways, nothing remote, no
// console error, and a picture of each under OUT. Needs a running server (BASE) with data, and somebody to sign in
// (CAIRN_EMAIL, CAIRN_PASSWORD). Words on the command line choose screens by name.
import { mkdirSync } from 'node:fs';
import axe from '@axe-core/playwright';
import { base, schemes, signIn, sizes, watch, withBrowser } from './browser.mjs';

const AxeBuilder = axe.default ?? axe;
const out = process.env.OUT ?? 'shots';
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const only = process.argv.slice(2);
mkdirSync(out, { recursive: true });

const click = (name) => (page) => page.getByRole('button', { name }).first().click();
const openFirstRow = (page) => page.locator('tbody button').first().click();

/** The customer with the most events is the one worth looking at. */
async function screensOf(page) {
  const { items } = await page.evaluate(async () => (await fetch('/v1/customers?limit=200')).json());
  const [busy] = items.toSorted((left, right) => right.counts.events - left.counts.events);
  const silent = items.find((one) => one.counts.events === 0);
  const events = await page.evaluate(
    async (id) => (await fetch(`/v1/events?customer=${id}&limit=1&order=desc`)).json(),
    busy.id,
  );
  const [{ eventId, source } = {}] = events.items;
  const at = `/customers/${busy.id}`;
  const receipt = new URLSearchParams({ event: eventId, source });
  return [
    { name: 'portfolio', at: '/customers' },
    { name: 'portfolio-nothing', at: '/customers?q=nothing-like-this' },
    { name: 'new-customer', at: '/customers?new=true', act: (p) => p.getByRole('dialog').waitFor() },
    {
      name: 'palette',
      at: '/customers',
      act: async (p) => {
        await p.keyboard.press('Control+k');
        await p.getByRole('dialog').getByRole('textbox').fill('a');
      },
    },
    { name: 'customer', at },
    ...(silent ? [{ name: 'customer-silent', at: `/customers/${silent.id}` }] : []),
    { name: 'events', at: `${at}/events` },
    { name: 'event', at: `${at}/events`, act: openFirstRow },
    { name: 'receipt', at: `${at}/receipts?${receipt}` },
    { name: 'receipt-finder', at: '/receipts' },
    { name: 'audit-trail', at: `${at}/audit-trail` },
    { name: 'audit-entry', at: `${at}/audit-trail`, act: openFirstRow },
    { name: 'audit-installation', at: '/audit-trail' },
    { name: 'api-keys', at: `${at}/api-keys` },
    { name: 'new-key', at: `${at}/api-keys`, act: click('New key') },
    { name: 'nowhere', at: '/nowhere' },
  ].filter(({ name }) => only.length === 0 || only.includes(name));
}

let found = 0;
const report = (where, text) => {
  found++;
  console.log(`${where}: ${text}`);
};

for (const colorScheme of schemes) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await withBrowser({ colorScheme, viewport }, async (context) => {
      const page = await context.newPage();
      await signIn(page);
      const faults = watch(page);
      for (const screen of await screensOf(page)) {
        const where = `${screen.name}, ${size}, ${colorScheme}`;
        await page.goto(base + screen.at);
        await page.locator('h1').first().waitFor();
        await screen.act?.(page);
        await page.waitForLoadState('networkidle');
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (sideways > 0) report(where, `scrolls sideways by ${sideways} px`);
        await page.screenshot({ path: `${out}/${screen.name}-${size}-${colorScheme}.png` });
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
        for (const one of violations) report(where, `${one.id} at ${one.nodes[0].target.join(' ')}`);
        for (const fault of faults.splice(0)) report(where, fault);
      }
    });
  }
}
console.log(found === 0 ? 'look: nothing to complain about' : `look: ${found} faults`);
process.exitCode = found === 0 ? 0 : 1;
