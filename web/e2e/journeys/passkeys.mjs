// Passkeys in a real browser, with the authenticator that Chromium simulates. The server is a journey's own, because
// what is added to an account stays there.
import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const email = 'ada@cairn.example';
const password = 'three small words';
const environment = { CAIRN_ADMIN_EMAIL: email, CAIRN_ADMIN_PASSWORD: password };

/** A device that keeps passkeys and recognises its owner; `change` makes it another kind of device. */
async function addDevice(visit, change = {}) {
  const session = await visit.context.newCDPSession(visit.page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...change,
    },
  });
  return {
    ask: (method, params = {}) => session.send(`WebAuthn.${method}`, { authenticatorId, ...params }),
  };
}

async function signIn(page) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
}

async function addPasskey(page, name) {
  await page.goto('/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
}

const signOut = async (page) => {
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForURL(/\/sign-in/);
};

journey('A passkey is added, signs in by a button, gets another name and is removed', async (open) => {
  const visit = await open({ server: await open.server(environment), signedIn: false });
  const { page } = visit;
  const device = await addDevice(visit);
  // Without this the browser would use the passkey by itself as soon as the page offers to.
  await device.ask('setAutomaticPresenceSimulation', { enabled: true });
  await signIn(page);
  await addPasskey(page, 'Blue key');
  await page.getByRole('list', { name: 'recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  const list = page.getByRole('list', { name: 'Passkeys' });
  await list.getByText('Blue key').waitFor();
  const { credentials } = await device.ask('getCredentials');
  assert.equal(credentials.length, 1);
  assert.ok(credentials[0].isResidentCredential, 'the device finds it without an address');

  await signOut(page);
  // The page that is opened now offers nothing by itself, so that the button alone signs in.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();

  await page.goto('/account');
  await list.getByText(/last used/).waitFor();
  await page.getByRole('button', { name: 'Rename Blue key' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Green key');
  await page.keyboard.press('Enter');
  await list.getByText('Green key').waitFor();
  await page.getByRole('button', { name: 'Remove Green key' }).click();
  await page.getByRole('button', { name: 'Remove the passkey' }).click();
  await page.getByText('Sign in with a finger').waitFor();
});

journey('A browser offers passkeys beside the address, and taking the offer signs in', async (open) => {
  const visit = await open({ server: await open.server(environment), signedIn: false });
  const { page } = visit;
  await addDevice(visit);
  await signIn(page);
  await addPasskey(page, 'Blue key');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  // The simulated owner takes every offer at once, so that nothing is pressed here.
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
});

journey('A device that does not recognise its owner opens nothing', async (open) => {
  const visit = await open({ server: await open.server(environment), signedIn: false });
  const { page } = visit;
  const device = await addDevice(visit);
  await signIn(page);
  await addPasskey(page, 'Blue key');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await device.ask('setUserVerified', { isUserVerified: false });
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page
    .getByRole('button', { name: 'Sign in with a passkey' })
    .and(page.locator(':not([data-loading])'))
    .waitFor();
  await page.getByLabel('Email').waitFor();
});
