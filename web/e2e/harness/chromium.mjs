// Finds Chromium and opens it once for all journeys, each of which gets a context (a profile) of its own.
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program that CHROMIUM names, or the first of the usual ones that starts; undefined where there is none. */
export const findChromium = () =>
  (process.env.CHROMIUM ? [process.env.CHROMIUM] : names).find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );

/** Where a program is that stands on the PATH. */
export const chromiumPath = (name) =>
  name.includes('/')
    ? name
    : spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

/** Opens a browser without a window. */
export const openChromium = (name) => chromium.launch({ executablePath: chromiumPath(name), args: quiet });
