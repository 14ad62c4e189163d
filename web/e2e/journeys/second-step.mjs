// Authenticator apps and recovery codes, on a server of their own: what they change holds for the whole installation.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { journey } from '../harness/journey.mjs';

const email = 'ada@cairn.example';
const password = 'three small words';
const environment = { CAIRN_ADMIN_EMAIL: email, CAIRN_ADMIN_PASSWORD: password };

/** The app on the phone (RFC 6238), which shares no code with the server. `away` is in steps of 30 seconds. */
function codeOf(secret, away = 0) {
  const bits = [...secret].map((one) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)
      .map((byte) => Number.parseInt(byte, 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + away));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

const secretOn = async (page) =>
  (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText()).replaceAll(' ', '');

async function givePassword(page) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

journey('An authenticator app is set up, asked for, and stands aside for a recovery code', async (open) => {
  const visit = await open({ server: await open.server(environment), signedIn: false });
  const { page } = visit;
  await givePassword(page);
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
  await page.getByRole('link', { name: /My account/ }).click();
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await secretOn(page);
  await page.getByLabel('Then enter the code it shows').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  const codes = page.getByRole('list', { name: 'recovery codes' });
  await codes.waitFor();
  assert.equal(await codes.getByRole('listitem').count(), 10);
  const [first] = await codes.getByRole('listitem').allInnerTexts();
  const file = await visit.download(() => page.getByRole('link', { name: 'Download' }).click());
  assert.ok(file.text.includes(first), 'the download holds the codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 codes left').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);

  visit.expect(/^401 \/v1\/sessions\/second-step$/);
  await givePassword(page);
  await page.getByLabel('Code').fill(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();

  await visit.context.clearCookies();
  await givePassword(page);
  await page.getByLabel('Code').fill(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'works once' }).waitFor();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(first);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
});

journey('Where the role takes a second step, it is set up on the way in', async (open) => {
  const server = await open.server(environment);
  const admin = await open({ server: { ...server, url: server.url, email, password } });
  await admin.api('PUT', '/v1/settings/sign-in', { secondFactorFrom: 'Admin' });
  const visit = await open({ server, signedIn: false });
  const { page } = visit;
  await givePassword(page);
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await page.getByLabel('Then enter the code it shows').fill(codeOf(await secretOn(page)));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
});
