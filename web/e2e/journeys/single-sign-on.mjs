// Through a certified identity provider on this machine and back, as a person's browser goes.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { journey } from '../harness/journey.mjs';

const tool = fileURLToPath(new URL('../../../tools/oidc', import.meta.url));
const email = 'ada@cairn.example';
const password = 'three small words';

/** The provider in a process of its own, which ends when its input does. */
async function startProvider() {
  if (!existsSync(`${tool}/node_modules/oidc-provider`))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: tool,
      stdio: 'ignore',
    });
  const child = spawn('node', ['provider.mjs'], { cwd: tool, stdio: ['pipe', 'pipe', 'ignore'] });
  const [issuer] = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve([line]));
    child.once('exit', () => reject(new Error('The identity provider did not start.')));
  });
  return {
    issuer,
    tell: (change) => fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(change) }),
    end: () => child.stdin.end(),
  };
}

journey('An identity is linked in the account, and from then on opens it', async (open) => {
  const provider = await startProvider();
  try {
    const server = await open.server({
      CAIRN_ADMIN_EMAIL: email,
      CAIRN_ADMIN_PASSWORD: password,
      CAIRN_OIDC_ISSUER: provider.issuer,
      CAIRN_OIDC_CLIENT_ID: 'cairn',
      CAIRN_OIDC_CLIENT_SECRET: 'a secret of ours & more: +%2B',
      CAIRN_OIDC_NAME: 'Example ID',
      CAIRN_OIDC_ALLOW_LOOPBACK: '1',
    });
    await provider.tell({
      redirectUris: [`${server.url}/v1/single-sign-on/callback`],
      account: { sub: '248289761001', email: 'ada@example.com', email_verified: true },
    });
    const visit = await open({ server, signedIn: false });
    const { page } = visit;
    visit.expect(/^leaves the server/);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
    await page.getByRole('alert').filter({ hasText: 'no account here is linked' }).waitFor();

    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    await page.goto('/settings/sign-in');
    await page.getByText(`${server.url}/v1/single-sign-on/callback`).waitFor();
    await visit.keep('single-sign-on-settings');
    await page.goto('/account');
    await page.getByRole('button', { name: 'Link Example ID' }).click();
    await page.getByRole('list', { name: 'Linked identities' }).getByText('ada@example.com').waitFor();
    await visit.keep('single-sign-on-linked');
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.waitForURL(/\/sign-in/);
    await visit.settled();
    await visit.keep('single-sign-on-door');
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
  } finally {
    provider.end();
  }
});
