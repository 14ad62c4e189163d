// Runs the journeys beside this file in Debian's Chromium against real servers, a few at a time, and writes a CTRF
// report for ./test.
//
//   node e2e/run.mjs                      all of them (or: ./test browser)
//   node e2e/run.mjs receipt palette      those whose name contains one of the words
//   node e2e/run.mjs --list               names only
//   node e2e/run.mjs --report FILE        the report, too
//
// The server is the one that the last build left: dotnet build ../src/Server -c Release.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium, openChromium } from './harness/chromium.mjs';
import { artifacts, journeys, runJourney } from './harness/journey.mjs';
import { startDemo } from './harness/server.mjs';

const atOnce = 2;
const journeyMs = 180_000;
const noChromium =
  'Chromium is not installed. On Debian: sudo apt-get install -y chromium; elsewhere name a browser in CHROMIUM.';

const words = process.argv.slice(2);
const report = takeOption('--report');
// The pictures of the screens come first, while the demo is as it began.
const pictures = 'screens.mjs';
const files = readdirSync(new URL('./journeys/', import.meta.url)).filter((file) => file.endsWith('.mjs'));
for (const file of [pictures, ...files.filter((file) => file !== pictures).sort()])
  await import(new URL(`./journeys/${file}`, import.meta.url));

if (words[0] === '--list') {
  for (const { name } of journeys) console.log(name);
  process.exit();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const chosen = journeys.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const results = await runAll();
if (report)
  writeFileSync(report, JSON.stringify({ results: { tool: { name: 'journeys' }, tests: results } }));
const failed = results.filter((test) => test.status === 'failed').length;
console.log(`${results.filter((test) => test.status === 'passed').length} passed, ${failed} failed`);
process.exit(failed > 0 || chosen.length === 0 ? 1 : 0);

function takeOption(name) {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

async function runAll() {
  const chromium = findChromium();
  if (!chromium)
    return chosen.map(({ name }) => ({ name, status: 'skipped', duration: 0, message: noChromium }));
  rmSync(artifacts, { recursive: true, force: true });
  const [browser, demo] = await Promise.all([openChromium(chromium), startDemo()]);
  const results = [];
  const waiting = [...chosen];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results.push(await runOne(next, { browser, demo }));
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
  } finally {
    await browser.close();
    await demo.end();
  }
  return results;
}

async function runOne(journey, world) {
  const began = Date.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It takes longer than ${journeyMs / 1000} s.`)), journeyMs);
  });
  let outcome = { status: 'passed' };
  try {
    await Promise.race([runJourney(journey, world), late]);
  } catch (error) {
    outcome = { status: 'failed', message: error.message, trace: stackOf(error) };
  } finally {
    clearTimeout(timer);
  }
  const duration = Date.now() - began;
  console.log(
    `${outcome.status === 'passed' ? 'ok  ' : 'FAIL'} ${(duration / 1000).toFixed(1).padStart(5)} s  ${journey.name}`,
  );
  if (outcome.message) console.log(`${outcome.message}\n${outcome.trace}`.replaceAll(/^/gm, '       '));
  return { name: journey.name, duration, ...outcome };
}

/** Where in the journey it happened; Playwright's own frames say nothing. */
function stackOf(error) {
  const frames = String(error.stack).split('\n');
  return frames.filter((line) => /^\s+at .*\/e2e\//.test(line)).join('\n');
}
