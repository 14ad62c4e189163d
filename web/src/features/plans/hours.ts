/** No person works longer on one day. */
export const mostHours = 24;

/**
 * Hours as somebody types them: `1.5h`, `1,5`, `90m`, `1h30`, `1:30`. Null for what is none of these, is nothing, or is
 * longer than a day. A number alone is hours.
 */
export function readHours(text: string): number | null {
  const said = text.trim().toLowerCase().replace(',', '.');
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(said) ?? /^(\d{1,2}) ?h ?([0-5]?\d) ?m?(?:in)?$/.exec(said);
  const minutes = /^(\d{1,4}) ?m(?:in)?$/.exec(said);
  const plain = /^(\d{1,2}(?:\.\d{1,2})?) ?h?(?:ours?)?$/.exec(said);
  let hours: number | null = null;
  if (clock) hours = Number(clock[1]) + Number(clock[2]) / 60;
  else if (minutes) hours = Number(minutes[1]) / 60;
  else if (plain) hours = Number(plain[1]);
  if (hours === null || hours <= 0 || hours > mostHours) return null;
  // The ledger counts in hundredths of an hour.
  return Math.max(Math.round(hours * 100) / 100, 0.01);
}
