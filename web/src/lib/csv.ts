/**
 * Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8). A text that a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers, signs included, stay as they are.
 */
export function csv(rows: (string | number | null | undefined)[][]) {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number | null | undefined) {
  let text = value === null || value === undefined ? '' : String(value);
  const isNumber = text !== '' && Number.isFinite(Number(text));
  if (!isNumber && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a text to the browser as a file. */
export function download(name: string, type: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
