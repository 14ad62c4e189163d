import type { Money } from '@/api/types';

/** The reader's own locale: English words come first, but dates and numbers follow the browser. */
const locale = typeof navigator === 'undefined' ? 'en-GB' : navigator.language;
const dayMs = 86_400_000;

const number = new Intl.NumberFormat(locale);
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const date = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

export const count = (n: number) => number.format(n);
export const shortCount = (n: number) => (n < 10_000 ? number.format(n) : compact.format(n));

const byteSteps = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** A number of bytes in the unit a person would choose. */
export function bytes(size: number) {
  const step = Math.min(Math.floor(Math.log2(Math.max(size, 1)) / 10), byteSteps.length - 1);
  const value = size / 2 ** (10 * step);
  return `${number.format(step === 0 ? value : Math.round(value * 10) / 10)} ${byteSteps[step]}`;
}

/** A calendar day (`2026-03-02`), which belongs to no zone. */
export const day = (iso: string) => date.format(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`));

export const daysUntil = (iso: string, now: number) =>
  Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / dayMs) - Math.floor(now / dayMs);

/** The distance to a day in the words of the locale: "tomorrow", "in 3 weeks", "2 months ago". */
export function fromNow(days: number) {
  const far = Math.abs(days);
  if (far < 14) return relative.format(days, 'day');
  if (far < 60) return relative.format(Math.round(days / 7), 'week');
  if (far < 730) return relative.format(Math.round(days / 30.44), 'month');
  return relative.format(Math.round(days / 365.25), 'year');
}

const formats = new Map<string, Intl.DateTimeFormat>();
function zoned(zone: string | undefined, seconds: boolean) {
  const key = `${zone}/${seconds}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: seconds ? '2-digit' : undefined,
      timeZone: zone,
      timeZoneName: seconds ? 'short' : undefined,
    });
    formats.set(key, format);
  }
  return format;
}

/** An instant in a zone (the reader's when none is given); text that is no instant is shown as it came. */
export function instant(iso: string, zone?: string | null, seconds = false) {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  try {
    return zoned(zone ?? undefined, seconds).format(at);
  } catch {
    // A browser may not know a zone that the server knows; its own zone is better than no time at all.
    return zoned(undefined, seconds).format(at);
  }
}

/** Whole units for overviews; `exact` keeps the cents. */
export function money(value: Money, exact = false) {
  const amount = Number(value.amount);
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: value.currency,
      ...(exact
        ? {}
        : { maximumFractionDigits: amount >= 1e6 ? 2 : 0, notation: amount >= 1e6 ? 'compact' : 'standard' }),
    }).format(amount);
  } catch {
    // A code that is no ISO 4217 currency is shown as it was written.
    return `${value.amount} ${value.currency}`;
  }
}

export const initials = (name: string) =>
  name
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');

/** One of seven tones, always the same for the same text. */
export function toneOf(text: string) {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % 7;
}

/** `value-realisation` and `valueRealisation` as words. */
export function words(code: string) {
  const spaced = code
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .toLowerCase();
  return (spaced.charAt(0).toUpperCase() + spaced.slice(1)).replace(/\b(api|sku|id)\b/gi, (short) =>
    short.toUpperCase(),
  );
}

const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const regions = new Intl.DisplayNames(locale, { type: 'region' });

/** A month (`2026-03`) in words. */
export const monthName = (month: string) => months.format(Date.parse(`${month}-01T00:00:00Z`));

/** A country by its code; a code that is none is shown as it is. */
export function countryName(code: string) {
  try {
    return regions.of(code) ?? code;
  } catch {
    // The browser takes well-formed codes only.
    return code;
  }
}

const inZone = (options: Intl.DateTimeFormatOptions) => {
  const known = new Map<string, Intl.DateTimeFormat>();
  return (iso: string, zone?: string | null) => {
    let format = known.get(zone ?? '');
    if (!format) {
      try {
        format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone ?? undefined });
      } catch {
        // A browser may not know a zone that the server knows.
        format = new Intl.DateTimeFormat(locale, options);
      }
      known.set(zone ?? '', format);
    }
    return format.format(Date.parse(iso));
  };
};

/** The day of an instant in a zone, with its weekday. */
export const dayOf = inZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** The time of day of an instant in a zone. */
export const clockTime = inZone({ hour: '2-digit', minute: '2-digit' });

const inDays = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (iso: string) => format.format(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`));
};
/** A calendar day with its weekday: "Tue, 31 Mar 2026". */
export const longDay = inDays({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
/** Without the year, where that is plain: "Tue 31 Mar". */
export const weekdayDay = inDays({ weekday: 'short', day: 'numeric', month: 'short' });
/** "31 Mar". */
export const dayMonth = inDays({ day: 'numeric', month: 'short' });
/** "Mar 2026". */
export const shortMonth = inDays({ month: 'short', year: 'numeric' });
export const dayOfMonth = (iso: string) => Number(iso.slice(8, 10));

const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
/** A number with at most two decimals. */
export const decimal = (n: number) => decimals.format(n);
