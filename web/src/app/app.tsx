import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type AnyRouter, RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient, sessionEnded } from './query-client';
import { theme } from './theme';

export function App({ router }: { router: AnyRouter }) {
  useEffect(() => {
    const askAgain = () => router.invalidate();
    sessionEnded.addEventListener('ended', askAgain);
    return () => sessionEnded.removeEventListener('ended', askAgain);
  }, [router]);
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
