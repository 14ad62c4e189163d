// Members of an address, read with care: people edit addresses, and the router reads `123` as a number.

/** Text; a subject or an id may well look like a number. */
export const text = (value: unknown) =>
  (typeof value === 'string' && value) || typeof value === 'number' ? String(value) : undefined;

/** An instant as the server takes it. */
export const instantText = (value: unknown) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;

/** One of these words. */
export const oneOf =
  <T extends string>(words: readonly T[]) =>
  (value: unknown) =>
    words.find((word) => word === value);
