// How a journey is written down, and what it is given when it runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmpty } from './server.mjs';
import { settled, watch } from './watch.mjs';

export const artifacts = fileURLToPath(new URL('../../../artifacts/browser/', import.meta.url));
export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const actionMs = 30_000;
const unnamed = /[^a-z0-9]+/g;

/** All journeys, in the order in which their files were loaded. */
export const journeys = [];

/**
 * Writes a journey down. Its name is a sentence that is true when it passes. `run` gets `open`, which gives a `Visit`:
 * somebody's browser, signed in at the demo unless the options say otherwise. `open.server` starts a server of the
 * journey's own. Both are ended after the journey.
 */
export function journey(name, run) {
  journeys.push({ name, run });
}

/** Runs one journey in a browser context of its own; throws what went wrong, with a picture of the page kept. */
export async function runJourney({ name, run }, { browser, demo }) {
  const visits = [];
  const open = async (options) => {
    const visit = await Visit.open(browser, demo, options);
    visits.push(visit);
    return visit;
  };
  const servers = [];
  open.server = async (environment) => {
    servers.push(await startEmpty(environment));
    return servers.at(-1);
  };
  try {
    await run(open);
    for (const visit of visits) visit.checkFaults();
  } catch (error) {
    const slug = name.toLowerCase().replace(unnamed, '-').slice(0, 80);
    for (const [at, visit] of visits.entries()) await visit.keep(`failed-${slug}${at || ''}`);
    const faults = visits.flatMap((visit) => visit.watched.faults);
    if (faults.length > 0 && error instanceof Error) error.message += `\nAlso seen:\n${faults.join('\n')}`;
    throw error;
  } finally {
    for (const visit of visits) await visit.context.close();
    for (const server of servers) await server.end();
  }
}

/** One person's browser on one server: a page that is watched, and the API with the same session. */
class Visit {
  /** `server` is the demo unless named; `signedIn: false` leaves the visitor at the door. */
  static async open(browser, demo, { server = demo, signedIn = true, ...options } = {}) {
    const context = await browser.newContext({
      viewport: sizes.wide,
      reducedMotion: 'reduce',
      baseURL: server.url,
      locale: 'en-GB',
      acceptDownloads: true,
      ...options,
    });
    context.setDefaultTimeout(actionMs);
    const visit = new Visit(context, server, await context.newPage());
    if (signedIn) await visit.api('POST', '/v1/sessions', { email: server.email, password: server.password });
    return visit;
  }

  constructor(context, server, page) {
    this.context = context;
    this.server = server;
    this.page = page;
    this.watched = watch(page, server.url);
  }

  /** Goes to an address of the server and waits until the page has come to rest. */
  async go(path) {
    await this.page.goto(path);
    await this.page.locator('h1').first().waitFor();
    await this.settled();
  }

  settled() {
    return settled(this.page, this.watched);
  }

  /** Says that a journey is about to provoke something that is a fault anywhere else. */
  expect(...patterns) {
    this.watched.expected.push(...patterns);
  }

  checkFaults() {
    const { faults } = this.watched;
    if (faults.length > 0) throw new Error(`On the way:\n${faults.join('\n')}`);
  }

  /** Asks the API as the person who is signed in here, or with a key; throws the problem of a refusal. */
  async api(method, path, body, key) {
    const headers = key ? { authorization: `Bearer ${key}` } : { origin: this.server.url };
    const response = await this.context.request.fetch(path, { method, data: body, headers });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A customer of the journey's own, so that journeys beside it see nothing change: `{ id, receiptSecret, … }`. */
  newCustomer(name, members = {}) {
    return this.api('POST', '/v1/customers', {
      name,
      stage: 'onboarding',
      timeZone: 'Europe/London',
      ...members,
    });
  }

  /** Makes a key for a customer and sends one event with it. */
  async sendEvent(customer, event, { key } = {}) {
    const made =
      key ??
      (await this.api('POST', `/v1/customers/${customer}/api-keys`, { name: 'Journey', scopes: ['ingest'] }))
        .key;
    await this.api('POST', '/v1/events', { timestamp: '2026-03-02T09:00:00Z', ...event }, made);
    return made;
  }

  /** Keeps a picture of the page among the build's output. */
  async keep(name) {
    mkdirSync(artifacts, { recursive: true });
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) });
  }

  /** What a click downloads, as text. */
  async download(click) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
  }
}
