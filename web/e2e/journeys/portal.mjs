// What a customer's own people see, from the invitation to the look that the staff takes through their eyes.
import assert from 'node:assert/strict';
import axe from '@axe-core/playwright';
import { journey, sizes } from '../harness/journey.mjs';

const AxeBuilder = axe.default ?? axe;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at the page as it stands, in both colour schemes and at both widths. */
async function isForEverybody(visit, name) {
  const { page } = visit;
  const faults = [];
  for (const [width, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await visit.settled();
      await visit.keep(`portal-${name}-${colorScheme}-${width}`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (sideways > 0) faults.push(`${colorScheme}, ${width}: scrolls sideways by ${sideways} px`);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(rules).analyze();
      for (const one of violations)
        faults.push(`${colorScheme}, ${width}: ${one.id} at ${one.nodes[0].target}`);
    }
  }
  await page.setViewportSize(sizes.wide);
  assert.deepEqual(faults, []);
}

/** A customer with an event, and somebody of theirs who was invited: `{ staff, id, link, person }`. */
async function invited(open, name) {
  const staff = await open();
  const { id } = await staff.newCustomer(name);
  await staff.sendEvent(id, {
    event_id: 'order-7',
    transaction_type: 'order.placed',
    data: { total: '12.50' },
  });
  const at = `/v1/customers/${id}`;
  const { person, link } = await staff.api('POST', `${at}/portal-people`, {
    name: 'Jo Ito',
    email: 'jo@example.com',
    roles: ['data-owner'],
  });
  return { staff, id, at, link, person };
}

/** Comes in by a link that another browser asked for, which takes a click. */
async function comeIn(open, link) {
  const guest = await open({ signedIn: false });
  guest.expect(/^4\d\d \/v1\/portal\/sessions/);
  await guest.go(link);
  await guest.page.getByRole('button', { name: 'Come in' }).click();
  await guest.page.getByRole('heading', { name: /^Good (morning|afternoon|evening), Jo/ }).waitFor();
  return guest;
}

journey('Somebody invited sees nothing until it is shared, and then exactly that', async (open) => {
  const { staff, at, link } = await invited(open, 'Rowan Portal');
  const guest = await comeIn(open, link);
  const { page } = guest;
  await page.getByText('Nothing is shared with you yet').waitFor();
  await isForEverybody(guest, 'empty');

  for (const kind of ['team', 'contacts', 'receipts', 'data-quality'])
    await staff.api('POST', `${at}/shares`, { kind });
  await guest.go('/portal');
  await page.getByRole('heading', { name: 'People who look after you' }).waitFor();
  await page.getByRole('heading', { name: 'Your data' }).waitFor();
  await isForEverybody(guest, 'home');

  await page.getByRole('link', { name: 'Receipts', exact: true }).first().click();
  await page.getByLabel('Id of the record').fill('order-7');
  await page.getByRole('button', { name: 'Find it' }).click();
  await page.getByText('How do we know?').waitFor();
  await page
    .getByText(/Proven/)
    .first()
    .waitFor();
  await isForEverybody(guest, 'receipt');
});

journey('A link to the portal works once, and signing out of it ends it', async (open) => {
  const { link } = await invited(open, 'Willow Portal');
  const guest = await comeIn(open, link);
  await guest.page.getByLabel('Your account: Jo Ito').click();
  await guest.page.getByRole('button', { name: 'Sign out' }).click();
  await guest.page.getByLabel('Mail address').waitFor();
  await isForEverybody(guest, 'door');
  const again = await open({ signedIn: false });
  again.expect(/^4\d\d \/v1\/portal\/sessions/);
  await again.go(link);
  await again.page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
});

journey('The staff look through the eyes of a person, and each look is in the audit trail', async (open) => {
  const { staff, id, at, link, person } = await invited(open, 'Hazel Portal');
  await comeIn(open, link);
  await staff.api('POST', `${at}/shares`, { kind: 'team' });
  const view = await staff.api('POST', `${at}/portal-people/${person.id}/views`);
  // As the button on the customer's page opens it.
  await staff.go(`${view.path}&${view.id}&${id}`);
  await staff.page.getByText('You see what Jo Ito sees').waitFor();
  await staff.page.getByRole('heading', { name: 'People who look after you' }).waitFor();
  await isForEverybody(staff, 'view');
  const { items } = await staff.api('GET', `/v1/audit-trail?customer=${id}&order=desc&limit=50`);
  assert.ok(
    items.some((one) => /portal-view/.test(one.action ?? '')),
    `no look in ${items.map((one) => one.action).join(', ')}`,
  );
});
