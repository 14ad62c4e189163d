import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { App } from '@/app/app';
import { queryClient } from '@/app/query-client';
import { makeRouter } from '@/app/router';

/** The whole application at an address, as a browser would open it, with nothing remembered from before. */
export function open(address: string) {
  queryClient.clear();
  const router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
  render(<App router={router} />);
  return { address: () => router.state.location.href };
}
