import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';

export interface InboxItem {
  id: string;
  kind: string;
  subject: string;
  /** Null when what it says is secret and went by mail only. */
  text: string | null;
  path: string | null;
  customer: string | null;
  createdAt: string;
  readAt: string | null;
}

export type DeliveryState = 'waiting' | 'sent' | 'failed';

export interface MailFailure {
  code: string;
  detail: string;
  reply: string | null;
}

export interface Delivery {
  id: string;
  kind: string;
  subject: string;
  to: string;
  toName: string | null;
  customer: string | null;
  state: DeliveryState;
  attempts: number;
  createdAt: string;
  changedAt: string;
  nextAttemptAt: string | null;
  failure: MailFailure | null;
  canSendAgain: boolean;
}

export interface MailState {
  isSetUp: boolean;
  server: string | null;
  from: string | null;
  publicAddress: string;
  waiting: number;
  sent: number;
  failed: number;
}

const aPage = 30;
const polledMs = 15_000;

export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: async ({ signal }) =>
    (await json<{ unread: number }>('GET', '/v1/inbox/unread', { signal })).unread,
});

export const inboxQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['inbox', 'list', unread],
    queryFn: ({ pageParam, signal }) =>
      json<Page<InboxItem>>('GET', '/v1/inbox', {
        query: { unread: unread || undefined, limit: aPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const setRead = (id: string, isRead: boolean) =>
  json<void>(isRead ? 'PUT' : 'DELETE', `/v1/inbox/${encodeURIComponent(id)}/reading`);

export const readAll = (upTo: string | null) => json<void>('POST', '/v1/inbox/readings', { body: { upTo } });

export const mailQuery = queryOptions({
  queryKey: ['mail', 'state'],
  queryFn: ({ signal }) => json<MailState>('GET', '/v1/mail', { signal }),
  refetchInterval: polledMs,
});

export const deliveriesQuery = (state?: DeliveryState, q?: string) =>
  infiniteQueryOptions({
    queryKey: ['mail', 'list', state, q],
    queryFn: ({ pageParam, signal }) =>
      json<Page<Delivery>>('GET', '/v1/deliveries', {
        query: { state, q, limit: aPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: polledMs,
  });

export const sendAgain = (id: string) =>
  json<void>('POST', `/v1/deliveries/${encodeURIComponent(id)}/sending`);

export const sendAllAgain = () => json<{ count: number }>('POST', '/v1/deliveries/sendings');

export const testMail = (address: string) =>
  json<{ state: 'sent' | 'failed'; failure: MailFailure | null }>('POST', '/v1/mail/tests', {
    body: { address },
  });
