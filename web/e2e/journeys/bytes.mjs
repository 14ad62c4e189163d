// What the first page costs: bytes of script, requests, and how the server sends them.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { journey } from '../harness/journey.mjs';

const budget = 140 * 1024;

journey(
  'The portfolio needs less than 140 KB of script (gzip), from the first byte to the list',
  async (open) => {
    const visit = await open();
    const { page } = visit;
    const scripts = [];
    page.on(
      'response',
      (response) => response.request().resourceType() === 'script' && scripts.push(response),
    );
    await page.goto('/customers');
    await page.getByRole('region', { name: 'Customers' }).locator('tbody tr').first().waitFor();
    const seen = scripts.slice();
    const sizes = await Promise.all(
      seen.map(async (response) => [
        new URL(response.url()).pathname,
        gzipSync(await response.body()).length,
      ]),
    );
    const sum = sizes.reduce((total, [, size]) => total + size, 0);
    assert.ok(seen.length > 0 && sum > 50_000, 'the scripts were counted');
    assert.ok(sum < budget, `${sum} bytes:\n${sizes.map(([path, size]) => `${size} ${path}`).join('\n')}`);
  },
);

journey(
  'What the first page asks for ahead of the application is taken, and nothing is asked for twice',
  async (open) => {
    const visit = await open();
    const { page, server } = visit;
    const asked = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      asked.push(pathname + search);
    });
    const warnings = [];
    page.on('console', (message) => message.text().includes('preload') && warnings.push(message.text()));
    for (const path of [
      '/customers',
      `/customers/${server.customer}`,
      `/customers/${server.customer}/receipts?event=demo-000001`,
    ]) {
      await visit.go(path);
      const twice = asked.filter((one, at) => asked.indexOf(one) !== at);
      assert.deepEqual(twice, [], path);
      assert.deepEqual(
        await page.evaluate(() => Object.keys(window.cairnEarly)),
        [],
        `${path}: answers that nobody took`,
      );
      asked.length = 0;
    }
    assert.deepEqual(warnings, []);
  },
);

journey(
  'Pages and assets come compressed; assets are kept for good, pages are asked for again',
  async (open) => {
    const { page, server } = await open({ signedIn: false });
    const sent = new Map();
    page.on('response', (response) => sent.set(new URL(response.url()).pathname, response));
    await page.goto('/sign-in');
    await page.getByLabel('Email').waitFor();
    for (const [path, response] of sent) {
      const headers = await response.allHeaders();
      const isPacked = path.endsWith('.woff2');
      if (!path.startsWith('/v1/') && !isPacked) assert.equal(headers['content-encoding'], 'br', path);
      if (path.startsWith('/assets/'))
        assert.equal(headers['cache-control'], 'public,max-age=31536000,immutable', path);
    }
    const { etag, 'cache-control': kept } = await sent.get('/sign-in').allHeaders();
    assert.equal(kept, 'no-cache');
    const again = await fetch(`${server.url}/sign-in`, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304);
    const plain = await fetch(`${server.url}/sign-in`, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.match(await plain.text(), /<div id="root">/);
  },
);
