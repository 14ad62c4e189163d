import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { sessionQuery } from './api';

/** The cache of a visit. A session that ended shows at the first request after it: the portal then asks who is there. */
export function makeQueryClient() {
  const onError = (error: unknown) => {
    if (error instanceof ProblemError && error.status === 401)
      client.setQueryData(sessionQuery.queryKey, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 1 && !(error instanceof ProblemError && error.status < 500),
      },
    },
  });
  return client;
}
