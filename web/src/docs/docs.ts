import '@fontsource-variable/inter/wght.css';
import './docs.css';
// By path, because the package exports its server plugin alone and the browser bundle is a file that the plugin serves.
import bundle from '../../node_modules/@scalar/fastify-api-reference/dist/js/standalone.js?url';

interface Scalar {
  createApiReference(element: string, configuration: Record<string, unknown>): unknown;
}

/** Everything in the package that would reach another server, or offer to, is switched off here. */
const configuration = {
  url: '/openapi/v1.json',
  theme: 'none',
  layout: 'modern',
  darkMode: document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: false,
  documentDownloadType: 'json',
};

/**
 * The bundle tries whether it may compile text, which the content security policy refuses and reports as an error
 * each time. Refused here instead, the bundle takes the same way without it and the console stays clean.
 */
function refuseCompilingText() {
  globalThis.Function = new Proxy(globalThis.Function, {
    construct() {
      throw new EvalError('The content security policy of this server refuses to compile text.');
    },
  });
}

refuseCompilingText();
// A script element, not an import: Vite need not parse a bundle of several megabytes, and it leaves a global behind.
const script = document.createElement('script');
script.src = bundle;
script.onload = () => {
  const { Scalar } = window as unknown as { Scalar: Scalar };
  document.querySelector('.wait')?.remove();
  Scalar.createApiReference('#reference', configuration);
};
script.onerror = () => {
  const wait = document.querySelector('.wait');
  if (wait)
    wait.textContent = 'The reference could not be loaded. The document itself is at /openapi/v1.json.';
};
document.body.append(script);
