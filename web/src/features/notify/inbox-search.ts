import type { DeliveryState } from './api';

export interface InboxSearch {
  unread?: boolean;
}

export const inboxSearch = (search: Record<string, unknown>): InboxSearch => ({
  unread: search.unread === true ? true : undefined,
});

export interface DeliveriesSearch {
  state?: DeliveryState;
  q?: string;
}

export const deliveryStates = ['waiting', 'sent', 'failed'] as const;

export const deliveriesSearch = (search: Record<string, unknown>): DeliveriesSearch => ({
  state: deliveryStates.find((state) => state === search.state),
  q: typeof search.q === 'string' && search.q ? search.q : undefined,
});
