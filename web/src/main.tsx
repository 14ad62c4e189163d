import '@fontsource-variable/inter/wght.css';
import './app/global.css';
import '@mantine/core/styles.layer.css';
import './app/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from './api/http';
import { App } from './app/app';
import { makeRouter } from './app/router';

// Paper is white: print in the light scheme whatever the screen uses.
const html = document.documentElement;
let screenScheme: string | undefined;
window.addEventListener('beforeprint', () => {
  screenScheme = html.dataset.mantineColorScheme;
  html.dataset.mantineColorScheme = 'light';
});
window.addEventListener('afterprint', () => {
  if (screenScheme) html.dataset.mantineColorScheme = screenScheme;
});

const router = makeRouter();
const root = createRoot(document.getElementById('root') as HTMLElement, {
  // A refusal is shown on the page; only what we did not foresee belongs on the console.
  onCaughtError: (error) => {
    if (!(error instanceof ProblemError)) console.error(error);
  },
});
root.render(
  <StrictMode>
    <App router={router} />
  </StrictMode>,
);
