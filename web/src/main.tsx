import '@fontsource-variable/inter/wght.css';
import './app/global.css';
import '@mantine/core/styles.layer.css';
import './app/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/query-client';
import { router } from './app/router';
import { theme } from './app/theme';

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

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
