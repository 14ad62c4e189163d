// Every screen, in both colour schemes and at both widths: no accessibility fault, nothing that scrolls sideways, and
// a picture among the build's output.
import assert from 'node:assert/strict';
import axe from '@axe-core/playwright';
import { journey, sizes } from '../harness/journey.mjs';
import { screens, withoutScreen, worldOf } from '../harness/screens.mjs';

const AxeBuilder = axe.default ?? axe;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const schemes = ['light', 'dark'];

for (const screen of screens) {
  journey(`Screen “${screen.name}” is for everybody: light and dark, wide and narrow`, async (open) => {
    const visit = await open({ signedIn: !screen.door });
    const { page } = visit;
    if (screen.expects) visit.expect(screen.expects);
    await visit.go(typeof screen.at === 'string' ? screen.at : screen.at(await worldOf(visit)));
    await screen.act?.(page);
    const faults = [];
    for (const [width, size] of Object.entries(sizes)) {
      await page.setViewportSize(size);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await visit.settled();
        await visit.keep(`${screen.name.replaceAll(' ', '-')}-${colorScheme}-${width}`);
        for (const fault of await faultsOf(page)) faults.push(`${colorScheme}, ${width}: ${fault}`);
      }
    }
    assert.deepEqual(faults, []);
  });
}

async function faultsOf(page) {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  // The other mode opens a page of its own for the result, which costs more than the check.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(rules).analyze();
  return [
    ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []),
    ...violations.map(
      (one) => `${one.id}: ${one.help} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    ),
  ];
}

journey('The list of screens names every route of the router', async (open) => {
  const { page } = await open({ signedIn: false }).then(async (visit) => {
    await visit.go('/sign-in');
    return visit;
  });
  // TanStack Router puts itself on the window.
  const routes = await page.evaluate(() => Object.keys(window.__TSR_ROUTER__.routesByPath));
  const named = new Set([...screens.map((screen) => screen.route), ...withoutScreen]);
  assert.deepEqual(
    routes.filter((route) => !named.has(route)),
    [],
    'routes without a screen in harness/screens.mjs',
  );
  assert.deepEqual(
    [...named].filter((route) => route && !routes.includes(route)),
    [],
    'screens of routes that are gone',
  );
});
