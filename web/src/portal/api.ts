import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { json, ProblemError, type Sending, send } from '@/api/http';
import type { Page, Receipt } from '@/api/types';

/** Where a tab keeps the look that a member of the staff takes; it ends with the tab. */
const viewKey = 'cairn-portal-view';

export interface View {
  token: string;
  id: string;
  customer: string;
}

export interface PortalSession {
  person: { id: string; name: string; email: string; roles: string[] };
  customer: { id: string; name: string };
  previousVisitAt: string | null;
  /** The member of the staff who looks through this person's eyes. */
  seenBy: string | null;
}

export interface Shared {
  kind: string;
  record: string;
  sharedAt: string;
  sharedBy: string;
  isNew: boolean;
}

export interface PortalHome {
  since: string | null;
  shared: Shared[];
  news: { kind: string; record: string; count: number; at: string }[];
}

export interface PortalReceipt {
  eventId: string;
  source: string;
  type: string;
  time: string;
  recordedAt: string;
}

export interface Quality {
  lastTime: string | null;
  figures: { name: string; value: string | null; unit: string; how: string; missing: string | null }[];
  openAlerts: number;
}

export interface TeamMember {
  name: string;
  jobRole: string;
  since: string;
}

export interface PortalContact {
  name: string;
  title: string | null;
  roles: string[];
  email: string | null;
  phone: string | null;
  isPrimary: boolean;
}

export const currentView = (): View | null => JSON.parse(sessionStorage.getItem(viewKey) ?? 'null');
export const keepView = (view: View) => sessionStorage.setItem(viewKey, JSON.stringify(view));
export const forgetView = () => sessionStorage.removeItem(viewKey);

function withView(sending: Sending): Sending {
  const view = currentView();
  return view ? { ...sending, headers: { 'Cairn-Portal-View': view.token } } : sending;
}

const get = <T>(path: string, sending: Sending) => json<T>('GET', `/v1/portal${path}`, withView(sending));

/** What is not there for this person is null; whatever else went wrong is an error. */
async function orNull<T>(answer: Promise<T>, absent = 404): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && error.status === absent) return null;
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['portal', 'session'],
  queryFn: ({ signal }) => orNull(get<PortalSession>('/sessions/current', { signal }), 401),
  staleTime: 5 * 60_000,
});

export const homeQuery = queryOptions({
  queryKey: ['portal', 'home'],
  queryFn: ({ signal }) => get<PortalHome>('/home', { signal }),
});

export const qualityQuery = queryOptions({
  queryKey: ['portal', 'quality'],
  queryFn: ({ signal }) => orNull(get<Quality>('/data-quality', { signal })),
});

export const teamQuery = queryOptions({
  queryKey: ['portal', 'team'],
  queryFn: ({ signal }) => orNull(get<{ items: TeamMember[] }>('/team', { signal })),
});

export const contactsQuery = queryOptions({
  queryKey: ['portal', 'contacts'],
  queryFn: ({ signal }) => orNull(get<{ items: PortalContact[] }>('/contacts', { signal })),
});

export const latestReceiptsQuery = infiniteQueryOptions({
  queryKey: ['portal', 'receipts'],
  queryFn: ({ signal, pageParam }) =>
    get<Page<PortalReceipt>>('/receipts', { signal, query: { limit: 20, cursor: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

const text = async (path: string, sending: Sending) =>
  (await send('GET', `/v1/portal${path}`, withView(sending))).text();

/** A receipt with all that is needed to check it here. */
export const receiptQuery = (id: string, source?: string) =>
  queryOptions({
    queryKey: ['portal', 'receipt', id, source ?? ''],
    queryFn: async ({ signal }) => {
      const path = `/receipts/${encodeURIComponent(id)}`;
      const receipt = await get<Receipt>(path, { signal, query: { source } });
      const [proof, vkey] = await Promise.all([
        text(`${path}/proof`, { signal, query: { source: receipt.source } }),
        text('/log/vkey', { signal }),
      ]);
      return { receipt, proof, vkey };
    },
    retry: false,
  });

// These two answer without a body.
export const askForLink = (email: string) => send('POST', '/v1/portal/sign-in-links', { body: { email } });
export const enter = (token: string, confirmed: boolean) =>
  send('POST', '/v1/portal/sessions', { body: { token, confirmed } });
export const leave = () => json<void>('DELETE', '/v1/portal/sessions/current');
export const endView = (view: View) =>
  json<void>('DELETE', `/v1/customers/${view.customer}/portal-views/${view.id}`);
