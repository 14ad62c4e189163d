export interface EventsSearch {
  type?: string;
  source?: string;
  subject?: string;
  order?: 'asc';
  live?: true;
  /** The log index of the event whose details are open. */
  open?: number;
}

// The router reads `123` in an address as a number; a subject or an id may well be one.
const text = (value: unknown) =>
  (typeof value === 'string' && value) || typeof value === 'number' ? String(value) : undefined;

export const eventsSearch = (search: Record<string, unknown>): EventsSearch => ({
  type: text(search.type),
  source: text(search.source),
  subject: text(search.subject),
  order: search.order === 'asc' ? 'asc' : undefined,
  live: search.live === true ? true : undefined,
  open: typeof search.open === 'number' ? search.open : undefined,
});
