// What Lighthouse says of accessibility and good practice; how fast pages are is measured by tools/lighthouse/run.
import assert from 'node:assert/strict';
import { chromiumPath, findChromium } from '../harness/chromium.mjs';
import { journey } from '../harness/journey.mjs';

const judged = ['accessibility', 'best-practices'];

// One journey for all pages: Lighthouse judges one page at a time in a process.
journey('Lighthouse finds nothing to better in accessibility and best practices', async (open) => {
  const { server } = await open({ signedIn: false });
  // Its packages are only there once ./test has fetched them.
  const { measure, pagesOf, signIn } = await import('../../../tools/lighthouse/measure.mjs');
  const cookie = await signIn(server);
  const chromium = chromiumPath(findChromium());
  for (const [page, { path, door }] of Object.entries(pagesOf(server))) {
    const { categories, audits } = await measure({
      url: server.url + path,
      form: 'mobile',
      cookie: door ? undefined : cookie,
      chromium,
      only: judged,
    });
    const named = Object.values(audits).filter(({ score }) => score !== null && score < 1);
    for (const name of judged)
      assert.equal(categories[name].score, 1, `${page}, ${name}: ${named.map(({ id }) => id).join(', ')}`);
  }
});
