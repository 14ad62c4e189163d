const parts = new Intl.NumberFormat(undefined).formatToParts(1_000_000.5);
const group = parts.find((part) => part.type === 'group')?.value ?? ' ';
const point = parts.find((part) => part.type === 'decimal')?.value ?? '.';

/** An exact decimal with the separators of the reader's locale and every digit it came with. */
export function exactText(text: string) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign, whole = '', fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign ? '−' : ''}${grouped}${fraction === undefined ? '' : point + fraction}`;
}
