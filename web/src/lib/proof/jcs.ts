/**
 * The canonical form of a JSON value (RFC 8785): members sorted by UTF-16 code units, no space, numbers and strings
 * as ECMAScript writes them. JavaScript's own writer does the last two.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => `${text(name)}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('JSON has no such number.');
  return JSON.stringify(value);
}

function text(value: string) {
  if (!value.isWellFormed()) throw new RangeError('A lone surrogate has no canonical form.');
  return JSON.stringify(value);
}
