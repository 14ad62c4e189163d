/** Where a line and a column (both from 1) are in a text; the end of a line that is shorter, the end of the text beyond it. */
export function offsetOf(text: string, line: number, column: number) {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + Math.max(column - 1, 0), end < 0 ? text.length : end);
}

/** The line and column of a place in a text. */
export function placeOf(text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

/** The text with another version number, where it has one. */
export const withVersion = (text: string, version: number) =>
  text.replace(/^version:[ \t]*\d+/m, `version: ${version}`);

/** A part of a line of YAML and what it is, for colour alone: nothing is decided by it. */
export interface Part {
  kind: 'key' | 'comment' | 'text' | 'dash' | 'plain';
  text: string;
}

/** A line of YAML in parts. Good enough to read by; what a quoted comment sign means is left to the parser. */
export function partsOf(line: string): Part[] {
  const comment = /(^|\s)#.*$/.exec(line);
  const cut =
    comment && !/["'][^"']*#[^"']*["']/.test(line) ? comment.index + (comment[1] ?? '').length : line.length;
  const code = line.slice(0, cut);
  const found = /^(\s*)((?:- )*)([\w.-]+:)?(.*)$/s.exec(code);
  const parts: Part[] = [];
  const put = (kind: Part['kind'], text: string | undefined) => {
    if (text) parts.push({ kind, text });
  };
  if (found) {
    put('plain', found[1]);
    put('dash', found[2]);
    put('key', found[3]);
    const rest = found[4] ?? '';
    put(/^\s*["'].*["']\s*$/.test(rest) ? 'text' : 'plain', rest);
  } else put('plain', code);
  put('comment', line.slice(cut));
  return parts;
}
