// What must not happen on any page, and when a page has come to rest.

/**
 * The only refusal that is no fault: asked who is signed in, the server says nobody. Chromium puts every answer from
 * 400 on its console, and a page cannot keep it from doing so.
 */
const nobody = { status: 401, path: '/v1/sessions/current' };

/**
 * Collects requests that leave the server, console errors (violations of the content security policy are some),
 * exceptions, and requests that fail or are refused. `expected` holds what a journey provokes: patterns that are
 * matched with "STATUS PATH", such as /^404 .v1.receipts/, or with the text of a console error.
 */
export function watch(page, base) {
  const faults = [];
  const expected = [];
  const inFlight = new Set();
  const isExpected = (text) => expected.some((pattern) => pattern.test(text));
  const report = (text) => isExpected(text) || faults.push(text);

  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(data|blob|about):/.test(url)) report(`leaves the server: ${url}`);
    if (isWaitedFor(request)) inFlight.add(request);
  });
  page.on('requestfinished', (request) => inFlight.delete(request));
  page.on('requestfailed', (request) => {
    inFlight.delete(request);
    // The browser gives up what a page no longer wants when it leaves; that is not a failure.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED')
      report(`fails: ${request.method()} ${new URL(request.url()).pathname} ${why}`);
  });
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const status = response.status();
    if (status < 400 || (status === nobody.status && pathname === nobody.path)) return;
    report(`${status} ${pathname}`);
  });
  page.on('console', (message) => {
    // A failed load is reported above, with its method and address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`exception: ${error.message}`));
  return { faults, expected, inFlight };
}

/** A stream of server-sent events never ends by itself. */
const isWaitedFor = (request) =>
  request.resourceType() !== 'eventsource' && !/^(data|blob):/.test(request.url());

/** Waits until nothing is on its way any more: no request, no font, no movement, nothing that says it is busy. */
export async function settled(page, { inFlight }) {
  const timeout = 30_000;
  const last = Date.now() + timeout;
  do {
    while (inFlight.size > 0) {
      if (Date.now() > last) throw new Error(`Still on its way: ${[...inFlight].map((one) => one.url())}`);
      await Promise.race([
        page.waitForEvent('requestfinished', { timeout }),
        page.waitForEvent('requestfailed', { timeout }),
      ]);
    }
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, {
      timeout,
    });
    await page.evaluate(async () => {
      await document.fonts.ready;
      const ends = document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      await Promise.allSettled(ends.map((one) => one.finished));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  } while (inFlight.size > 0);
}
