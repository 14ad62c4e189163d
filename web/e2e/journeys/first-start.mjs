import assert from 'node:assert/strict';
import { journey } from '../harness/journey.mjs';

const somebody = { name: 'Ada Quarry', email: 'ada@quarry.example', password: 'correct horse battery cairn' };

journey('The first start prints a link that makes the first administrator, once', async (open) => {
  const server = await open.server();
  const visit = await open({ server, signedIn: false });
  const { page } = visit;
  assert.ok(server.link, 'the server printed a link');
  await visit.go(server.link);
  await page.getByLabel('Your name').fill(somebody.name);
  await page.getByLabel('Email').fill(somebody.email);
  await page.getByLabel('Password', { exact: true }).fill(somebody.password);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByRole('heading', { name: 'Your first customer' }).waitFor();
  await page.getByText(somebody.name).first().waitFor();

  const second = await open({ server, signedIn: false });
  second.expect(/^4\d\d \/v1\/setup$/);
  await second.go(server.link);
  await second.page.getByLabel('Your name').fill('Somebody else');
  await second.page.getByLabel('Email').fill('else@quarry.example');
  await second.page.getByLabel('Password', { exact: true }).fill(somebody.password);
  await second.page.getByRole('button', { name: 'Create the administrator' }).click();
  await second.page.getByRole('alert').waitFor();
  assert.ok(second.page.url().includes('/setup'), 'whoever comes second stays outside');
});

journey('A server that is away is named on the page, and the page recovers when it is back', async (open) => {
  const server = await open.server({
    CAIRN_ADMIN_EMAIL: somebody.email,
    CAIRN_ADMIN_PASSWORD: somebody.password,
  });
  const visit = await open({ server: Object.assign(server, somebody) });
  const { page } = visit;
  await visit.newCustomer('Quarry & Sons');
  await visit.go('/customers');
  await page.getByRole('link', { name: 'Quarry & Sons' }).first().waitFor();
  visit.expect(/net::ERR_CONNECTION_REFUSED/, /^fails: GET/);
  await server.halt();
  await page.getByRole('link', { name: 'Quarry & Sons' }).first().click();
  await page.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor();
  await visit.keep('server-away');
  await server.again();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Quarry & Sons', level: 1 }).waitFor();
});
