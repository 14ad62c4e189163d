import '@fontsource-variable/inter/wght.css';
import '../app/tokens.css';
import './portal.css';
import './blocks.css';
import './forms.css';
import './frame.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Portal } from './portal';
import { makeQueryClient } from './query-client';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <Portal />
    </QueryClientProvider>
  </StrictMode>,
);
