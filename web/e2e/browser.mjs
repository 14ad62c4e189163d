// Starts Chromium for the scripts beside this file. CHROMIUM names another browser, BASE another server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const base = process.env.BASE ?? 'http://localhost:5080';
export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
export const schemes = ['light', 'dark'];

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a browser with an empty profile, hands its context over, and leaves nothing behind. */
export async function withBrowser(options, use) {
  const profile = mkdtempSync(join(tmpdir(), 'cairn-web-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: quiet,
    viewport: sizes.desktop,
    reducedMotion: 'reduce',
    ...options,
  });
  try {
    return await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Collects what must not happen on a page: requests that leave the server, console errors, exceptions. */
export function watch(page) {
  const faults = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) faults.push(`leaves the server: ${url}`);
  });
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  return faults;
}

/** Signs in as the person that the environment names. */
export async function signIn(page) {
  const { CAIRN_EMAIL, CAIRN_PASSWORD } = process.env;
  if (!CAIRN_EMAIL || !CAIRN_PASSWORD) throw new Error('Set CAIRN_EMAIL and CAIRN_PASSWORD.');
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('Email').fill(CAIRN_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(CAIRN_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
}
