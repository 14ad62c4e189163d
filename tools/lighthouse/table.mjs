// Measures the main pages with Lighthouse, as a telephone on a slow network and as a desk, on a server with the demo's
// data, and prints a table. It is a measurement, not a test: on a busy machine the figures of time are too high, and
// the benchmark index, Lighthouse's own measure of the machine in that moment, is far below what it is in quiet.
//
//   tools/lighthouse/run [--runs 5] [--pages portfolio,receipt] [--forms mobile] [--details]
import { parseArgs } from 'node:util';
import { chromiumPath, findChromium } from '../../web/e2e/harness/chromium.mjs';
import { startDemo } from '../../web/e2e/harness/server.mjs';
import { categories, measure, pagesOf, signIn } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    pages: { type: 'string', default: 'sign-in,portfolio,customer,receipt' },
    forms: { type: 'string', default: 'desktop,mobile' },
    details: { type: 'boolean', default: false },
  },
});
const chromium = findChromium();
if (!chromium) throw new Error('Chromium is not installed. On Debian: sudo apt-get install -y chromium');

const demo = await startDemo();
process.once('SIGINT', () => process.exit(130));
try {
  const cookie = await signIn(demo);
  console.log(`${new Date().toISOString().slice(0, 10)}, the run in the middle of ${options.runs} by performance\n`);
  console.log('| page | form | performance | accessibility | best practices | FCP ms | LCP ms | TBT ms | CLS | KB | index |');
  console.log(`|---|---|${'--:|'.repeat(9)}`);
  for (const form of options.forms.split(','))
    for (const page of options.pages.split(',')) {
      const { path, door } = pagesOf(demo)[page];
      const runs = [];
      for (let run = 0; run < Number(options.runs); run++)
        runs.push(
          await measure({
            url: demo.url + path,
            form,
            cookie: door ? undefined : cookie,
            chromium: chromiumPath(chromium),
          }),
        );
      const lhr = middle(runs);
      console.log(`| ${[page, form, ...figures(lhr)].join(' | ')} |`);
      if (options.details) explain(lhr);
    }
} finally {
  await demo.end();
}

function middle(runs) {
  const score = (lhr) => lhr.categories.performance.score;
  return runs.toSorted((a, b) => score(a) - score(b))[Math.floor((runs.length - 1) / 2)];
}

function figures(lhr) {
  const value = (audit) => Math.round(lhr.audits[audit].numericValue);
  return [
    ...categories.map((name) => Math.round(lhr.categories[name].score * 100)),
    value('first-contentful-paint'),
    value('largest-contentful-paint'),
    value('total-blocking-time'),
    Number(lhr.audits['cumulative-layout-shift'].numericValue.toFixed(3)),
    Math.round(lhr.audits['total-byte-weight'].numericValue / 1024),
    Math.round(lhr.environment.benchmarkIndex),
  ];
}

function explain({ audits }) {
  const items = (name) => audits[name].details?.items ?? [];
  const local = (url) => url.replace(/^https?:\/\/[^/]*/, '');
  for (const { url, startTime, duration } of items('long-tasks'))
    console.log(`    task at ${Math.round(startTime)} ms, ${Math.round(duration)} ms: ${local(url)}`);
  for (const { node, score } of items('layout-shifts')) console.log(`    shift ${score}: ${node?.snippet}`);
  for (const { url, networkRequestTime, networkEndTime, transferSize } of items('network-requests'))
    console.log(`    ${Math.round(networkRequestTime)} to ${Math.round(networkEndTime)} ms, ${transferSize} B: ${local(url)}`);
  for (const audit of Object.values(audits))
    if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
      console.log(`    ${audit.id} ${audit.score} ${audit.displayValue ?? ''}`);
}
