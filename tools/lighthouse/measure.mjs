// Loads one page in a browser of its own, so that nothing is cached, and lets Lighthouse judge it.
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

export const categories = ['performance', 'accessibility', 'best-practices'];
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The pages that are measured, on a server with the demo's data. `door` is seen without signing in. */
export const pagesOf = (demo) => ({
  'sign-in': { path: '/sign-in', door: true },
  portfolio: { path: '/customers' },
  customer: { path: `/customers/${demo.customer}` },
  receipt: { path: `/customers/${demo.customer}/receipts?event=demo-000001` },
});

/** The cookie of a new session of the demo's person. */
export async function signIn({ url, email, password }) {
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

/** Lighthouse's result for an address, as a telephone (`mobile`) or a desk (`desktop`); `only` chooses categories. */
export async function measure({ url, form, cookie, chromium, only = categories }) {
  const chrome = await launch({ chromePath: chromium, chromeFlags: flags });
  // It runs in a process group of its own, so that nothing else ends it when this process is ended.
  const end = () => chrome.kill();
  process.once('exit', end);
  try {
    const { lhr } = await lighthouse(
      url,
      {
        port: chrome.port,
        onlyCategories: only,
        logLevel: 'error',
        extraHeaders: cookie ? { Cookie: cookie } : undefined,
      },
      form === 'desktop' ? desktopConfig : undefined,
    );
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    process.off('exit', end);
    end();
  }
}
