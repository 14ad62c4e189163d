import { notifyManager, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';

// The default waits for a timer, so an optimistic checkbox flips back for one frame. A microtask does not.
notifyManager.setScheduler(queueMicrotask);

const retries = 1;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only what failed on the way is worth asking again.
      retry: (failures, error) =>
        failures < retries && !(error instanceof ProblemError && error.status < 500),
    },
  },
});
