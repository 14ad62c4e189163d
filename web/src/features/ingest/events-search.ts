import { instantText, text } from '@/lib/search';

export interface EventsSearch {
  type?: string;
  source?: string;
  subject?: string;
  /** Own time at or after, and before: instants. */
  from?: string;
  to?: string;
  late?: true;
  /** Only of this stream or import. */
  batch?: string;
  order?: 'asc';
  paused?: true;
  /** The log index of the event whose details are open. */
  open?: number;
}

export const eventsSearch = (search: Record<string, unknown>): EventsSearch => ({
  type: text(search.type),
  source: text(search.source),
  subject: text(search.subject),
  from: instantText(search.from),
  to: instantText(search.to),
  late: search.late === true ? true : undefined,
  batch: text(search.batch),
  order: search.order === 'asc' ? 'asc' : undefined,
  paused: search.paused === true ? true : undefined,
  open: typeof search.open === 'number' ? search.open : undefined,
});

export const isFiltered = (search: EventsSearch) =>
  Boolean(
    search.type || search.source || search.subject || search.from || search.to || search.late || search.batch,
  );
