import { expect, it } from 'vitest';
import { deviceName, wasDeclined } from './sign-in-passkeys';
import { problemIn } from './sign-in-search';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36', 'Chrome on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Version/18.0 Safari/605.1.15', 'Safari on macOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari on iOS'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0', 'Firefox on Android'],
  ['curl/8', 'Browser'],
])('gives a device a first name', (agent, name) => expect(deviceName(agent)).toBe(name));

it('does not speak of a window that somebody closed', () => {
  expect(wasDeclined(new DOMException('closed', 'NotAllowedError'))).toBe(true);
  expect(wasDeclined(new DOMException('wrong address', 'SecurityError'))).toBe(false);
  expect(wasDeclined(null)).toBe(false);
});

it('reads a code from an address and nothing else', () => {
  expect(problemIn({ problem: 'single-sign-on-expired' })).toBe('single-sign-on-expired');
  for (const problem of ['<b>', 'You have won', '', 7]) expect(problemIn({ problem })).toBeUndefined();
});
