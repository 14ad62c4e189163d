// Measures the main pages with Lighthouse, as a telephone on a slow network and as a desk, on a server with the demo's
// data, and prints a table. It is a measurement, not a test: the figures of a busy machine say little.
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { findChromium } from '../../web/e2e/harness/chromium.mjs';
import { startDemo } from '../../web/e2e/harness/server.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    pages: { type: 'string', default: 'sign-in,portfolio,customer,receipt' },
    forms: { type: 'string', default: 'mobile,desktop' },
    details: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const categories = ['performance', 'accessibility', 'best-practices'];
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const demo = await startDemo();
try {
  const cookie = await signIn(demo);
  const receipt = new URLSearchParams({ event: 'demo-000001', source: '/demo/wholesale' });
  const pages = {
    'sign-in': { path: '/sign-in', door: true },
    portfolio: { path: '/customers' },
    customer: { path: `/customers/${demo.customer}` },
    receipt: { path: `/customers/${demo.customer}/receipts?${receipt}` },
  };
  const rows = [];
  for (const form of options.forms.split(','))
    for (const page of options.pages.split(',')) {
      const { path, door } = pages[page];
      const runs = [];
      for (let run = 0; run < Number(options.runs); run++)
        runs.push(await measure(demo.url + path, form, door ? undefined : cookie));
      rows.push({ page, form, ...middle(runs) });
      print(rows.at(-1));
    }
  if (options.json) console.log(JSON.stringify(rows.map(({ lhr, ...row }) => row), null, 2));
} finally {
  await demo.end();
}

async function signIn({ url, email, password }) {
  const response = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`The demo's sign-in answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** One run in a browser of its own, so that nothing is cached. */
async function measure(url, form, cookie) {
  const chrome = await launch({ chromePath: findChromium(), chromeFlags: flags, ignoreDefaultFlags: false });
  try {
    const { lhr } = await lighthouse(
      url,
      {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'error',
        extraHeaders: cookie ? { Cookie: cookie } : undefined,
      },
      form === 'desktop' ? desktopConfig : undefined,
    );
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    chrome.kill();
  }
}

/** The run in the middle, by its performance. */
function middle(runs) {
  const sorted = runs.toSorted((a, b) => a.categories.performance.score - b.categories.performance.score);
  const lhr = sorted[Math.floor((sorted.length - 1) / 2)];
  const ms = (audit) => Math.round(lhr.audits[audit].numericValue);
  return {
    ...Object.fromEntries(categories.map((name) => [name, Math.round(lhr.categories[name].score * 100)])),
    fcp: ms('first-contentful-paint'),
    lcp: ms('largest-contentful-paint'),
    tbt: ms('total-blocking-time'),
    si: ms('speed-index'),
    cls: Number(lhr.audits['cumulative-layout-shift'].numericValue.toFixed(3)),
    kilobytes: Math.round(lhr.audits['total-byte-weight'].numericValue / 1024),
    lhr,
  };
}

function print({ lhr, ...row }) {
  console.log(Object.entries(row).map(([name, value]) => `${name} ${value}`).join('  '));
  if (!options.details) return;
  console.log(`    benchmark index ${lhr.environment.benchmarkIndex}`);
  const observed = lhr.audits.metrics.details.items[0];
  console.log(
    `    seen: first paint ${observed.observedFirstContentfulPaint} ms, largest ${observed.observedLargestContentfulPaint} ms, ${lhr.audits['largest-contentful-paint-element'].details?.items?.[0]?.items?.[0]?.node?.snippet ?? ''}`,
  );
  for (const one of lhr.audits['network-requests'].details.items)
    console.log(`    ${Math.round(one.networkRequestTime)}..${Math.round(one.networkEndTime)} ms ${one.transferSize} B ${one.priority} ${one.url.replace(/^https?:..[^/]*/, '')}`);
  for (const { node, score } of lhr.audits['layout-shifts'].details?.items ?? [])
    console.log(`    shift ${score} ${node?.snippet}`);
  for (const { url, startTime, duration } of lhr.audits['long-tasks'].details?.items ?? [])
    console.log(`    task ${Math.round(startTime)} +${Math.round(duration)} ms ${url}`);
  for (const audit of Object.values(lhr.audits)) {
    if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
      console.log(`    ${audit.id} ${audit.score} ${audit.displayValue ?? ''}`);
  }
}
