import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { sessionQuery } from '@/api/session';

// The default waits for a timer, so an optimistic checkbox flips back for one frame. A microtask does not.
notifyManager.setScheduler(queueMicrotask);

const retries = 1;

/** A session that ended shows at the first request after it: forget who was here, and the router asks for a sign-in. */
function onError(error: unknown) {
  if (
    error instanceof ProblemError &&
    error.status === 401 &&
    queryClient.getQueryData(sessionQuery.queryKey)
  ) {
    queryClient.setQueryData(sessionQuery.queryKey, null);
    sessionEnded.dispatchEvent(new Event('ended'));
  }
}

/** Tells the router, which this file must not import: it is the router that imports this file. */
export const sessionEnded = new EventTarget();

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
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
