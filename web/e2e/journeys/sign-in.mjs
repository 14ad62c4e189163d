import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const fill = async (page, email, password) => {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

journey('Whoever follows a link is asked to sign in, and then arrives where it leads', async (open) => {
  const visit = await open({ signedIn: false });
  const { page, server } = visit;
  await page.goto('/customers?view=live&sort=acv.desc');
  await page.waitForURL(/\/sign-in\?to=/);
  await fill(page, server.email, server.password);
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
  assert.equal(new URL(page.url()).search, '?view=live&sort=acv.desc');
});

journey('A wrong password is refused in words, and what was typed stays', async (open) => {
  const visit = await open({ signedIn: false });
  const { page } = visit;
  visit.expect(/^401 \/v1\/sessions$/);
  await visit.go('/sign-in');
  await fill(page, 'nobody@cairn.example', 'not the password at all');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Email').inputValue(), 'nobody@cairn.example');
});

journey('After signing out nothing is left to go back to', async (open) => {
  const visit = await open();
  const { page } = visit;
  await visit.go('/customers');
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForURL(/\/sign-in/);
  await page.goto('/customers');
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel('Email').waitFor();
});
