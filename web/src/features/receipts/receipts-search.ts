export interface ReceiptsSearch {
  event?: string;
  source?: string;
}

// The router reads `123` in an address as a number; an event id may well be one.
const text = (value: unknown) =>
  (typeof value === 'string' && value) || typeof value === 'number' ? String(value) : undefined;

export const receiptsSearch = (search: Record<string, unknown>): ReceiptsSearch => ({
  event: text(search.event),
  source: text(search.source),
});
