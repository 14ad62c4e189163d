const parts = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string | undefined) {
  const key = zone ?? '';
  let format = parts.get(key);
  if (!format) {
    const options: Intl.DateTimeFormatOptions = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    };
    try {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    } catch {
      // A browser may not know a zone that the server knows; its own zone is better than no time at all.
      format = new Intl.DateTimeFormat('en-GB', options);
    }
    parts.set(key, format);
  }
  return format;
}

/** What a clock in the zone shows at an instant, as the value of a date and time field: `2026-03-02T09:30:00`. */
export function wallTime(at: number, zone?: string | null, seconds = true) {
  const found = Object.fromEntries(
    formatOf(zone ?? undefined)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const text = `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
  return seconds ? `${text}:${found.second}` : text;
}

/**
 * The instant at which a clock in the zone shows this; null for text that is no date and time. A time that the clock
 * change skipped is read one gap later, one that happened twice as the earlier of the two, as imports read them.
 */
export function instantOf(wall: string, zone?: string | null): number | null {
  const guess = Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}Z`);
  if (Number.isNaN(guess)) return null;
  const offset = (at: number) => Date.parse(`${wallTime(at, zone)}Z`) - Math.floor(at / 1000) * 1000;
  const day = 86_400_000;
  // The offsets on both sides of a change of the clock; the larger one gives the earlier instant.
  const offsets = [offset(guess - day), offset(guess + day)].sort((left, right) => right - left);
  const found = offsets.map((one) => guess - one).find((at) => offset(at) === guess - at);
  return found ?? guess - Math.min(...offsets);
}
