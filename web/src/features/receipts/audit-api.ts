import { infiniteQueryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { AuditEntry, Page } from '@/api/types';
import type { AuditSearch } from './audit-search';

const pageSize = 50;
const exportPageSize = 500;
export const exportLimit = 10_000;

const page = (search: AuditSearch, limit: number, cursor: string | undefined, signal?: AbortSignal) =>
  json<Page<AuditEntry>>('GET', '/v1/audit-trail', {
    query: {
      customer: search.customer,
      kind: search.kind,
      date_from: search.from,
      date_to: search.to,
      order: 'desc',
      limit,
      cursor,
    },
    signal,
  });

export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', search.customer, search.kind, search.from, search.to],
    queryFn: ({ pageParam, signal }) => page(search, pageSize, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    // Each read is recorded in the trail, so none happens unasked.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** Everything that the filters let through, at most `exportLimit` entries, and whether that was all. */
export async function allEntries(search: AuditSearch) {
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const next = await page(search, exportPageSize, cursor);
    entries.push(...next.items);
    cursor = next.next ?? undefined;
  } while (cursor && entries.length < exportLimit);
  return { entries, complete: cursor === undefined };
}
