import type { ColumnPreview, FilePreview } from './imports-api';

export const fieldTypes = ['text', 'integer', 'decimal', 'money', 'boolean', 'date', 'timestamp'] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface MappedColumn {
  /** As in the header. */
  column: string;
  /** The member of the payload. */
  name: string;
  /** A column that is not taken is listed as not imported. */
  taken: boolean;
  type: FieldType;
  format: string | null;
  currency: string;
  required: boolean;
  /** Its sum is counted, to hold against the source's books. */
  summed: boolean;
}

/** What the form says about a file; `toYaml` writes it as the mapping that the server reads. */
export interface Mapping {
  event: string;
  source: string;
  /** The column that tells rows apart; empty for file and row. */
  id: string;
  subject: string;
  timeColumn: string;
  timeFormat: string;
  zone: string;
  delimiter: string;
  encoding: string;
  columns: MappedColumn[];
}

export const isNumber = (type: FieldType) => type === 'integer' || type === 'decimal' || type === 'money';

const timeNames = /time|date|when|created|opened|timestamp|at$/i;
const idNames = /(^|[^a-z])(id|key|number|no|nr|code|ref|reference)$|id$|number$|key$/i;
const subjectNames = /sku|stock.?code|item|product|article|asset|material|subject|incident|ticket|service/i;
const sumNames = /quantity|qty|amount|total|sum|value|price|cost|count|units|revenue|hours|minutes/i;

/** A first mapping from the looks of the columns: a person changes it, nobody starts from nothing. */
export function guess(file: FilePreview, zone: string): Mapping {
  const times = file.columns.filter((column) => column.type === 'timestamp' || column.type === 'date');
  const time = best(times, (column) => [
    column.type === 'timestamp',
    timeNames.test(column.name),
    column.blanks === 0,
  ]);
  const keys = file.columns.filter(
    (column) => column.blanks === 0 && column.distinct === file.sampled && idNames.test(column.name),
  );
  const id = file.sampled > 1 ? keys.find((column) => column !== time) : undefined;
  const subjects = file.columns.filter((column) => subjectNames.test(column.name) && column !== time);
  const subject = best(subjects, (column) => [column.type === 'text', column.blanks === 0]) ?? id;
  const stem = stemOf(file.name);
  const names = new Set<string>();
  return {
    event: `${stem}.recorded`,
    source: `/imports/${stem}`,
    id: id?.name ?? '',
    subject: subject?.name ?? '',
    timeColumn: time?.name ?? '',
    timeFormat: time ? formatOf(time) : '',
    zone,
    delimiter: file.delimiter,
    encoding: file.encoding,
    // The time of the event says it already; the payload need not say it twice.
    columns: file.columns.map((column) => ({ ...columnOf(column, names), taken: column !== time })),
  };
}

function columnOf(column: ColumnPreview, names: Set<string>): MappedColumn {
  const number = column.type === 'integer' || column.type === 'decimal';
  // Numbers that name something (a customer's number) are no quantities, whatever they look like.
  const named = column.type === 'integer' && idNames.test(column.name) && !sumNames.test(column.name);
  return {
    column: column.name,
    name: free(memberOf(column.name), names),
    taken: true,
    type: named ? 'text' : column.type,
    format: column.type === 'date' || column.type === 'timestamp' ? formatOf(column) : null,
    currency: '',
    required: false,
    summed: number && !named && sumNames.test(column.name),
  };
}

const formatOf = (column: ColumnPreview) =>
  column.format ?? (column.type === 'date' ? 'yyyy-MM-dd' : 'rfc3339');

/** The first with the most marks, the earlier marks weighing more. */
function best<T>(items: T[], marks: (item: T) => boolean[]): T | undefined {
  const worth = (item: T) => marks(item).reduce((sum, mark) => sum * 2 + (mark ? 1 : 0), 0);
  return items.reduce<T | undefined>(
    (found, item) => (found === undefined || worth(item) > worth(found) ? item : found),
    undefined,
  );
}

/** `Unit Price (GBP)` as `unitPriceGbp`. */
export function memberOf(header: string) {
  const parts = header
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((part) => part.toLowerCase());
  const name = parts
    .map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('');
  return name || 'column';
}

function free(name: string, names: Set<string>) {
  let found = name;
  for (let number = 2; names.has(found); number++) found = `${name}${number}`;
  names.add(found);
  return found;
}

/** `Orders 2026-03.csv` as `orders`. */
const stemOf = (file: string) =>
  file
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'rows';

/** What keeps the mapping from being tried, before the server is asked. */
export function lacks(mapping: Mapping): 'event' | 'time' | 'fields' | 'currency' | 'names' | undefined {
  const taken = mapping.columns.filter((column) => column.taken);
  const names = taken.map((column) => column.name.trim());
  if (!mapping.event.trim()) return 'event';
  if (!mapping.timeColumn || !mapping.timeFormat.trim()) return 'time';
  if (taken.length === 0) return 'fields';
  if (names.some((name) => !name) || new Set(names).size < names.length) return 'names';
  if (taken.some((column) => column.type === 'money' && !/^[A-Z]{3}$/.test(column.currency)))
    return 'currency';
  return undefined;
}

// A JSON text is a YAML scalar in quotes, whatever stands in it.
const quoted = (text: string) => JSON.stringify(text);

/** The mapping as the server and `cairn import` read it; docs/guides/import-history.md explains each line. */
export function toYaml(mapping: Mapping): string {
  const taken = mapping.columns.filter((column) => column.taken);
  const used = new Set(
    [...taken.map((column) => column.column), mapping.timeColumn, mapping.subject, mapping.id].filter(
      Boolean,
    ),
  );
  const inOrder = mapping.columns.map((column) => column.column).filter((column) => used.has(column));
  const time = `column: ${quoted(mapping.timeColumn)}, format: ${quoted(mapping.timeFormat.trim())}`;
  const lines = [
    'v: 1',
    `event: ${quoted(mapping.event.trim())}`,
    `source: ${quoted(mapping.source.trim())}`,
    `id: ${quoted(mapping.id ? `{${mapping.id}}` : '{file}:{row}')}`,
    ...(mapping.subject ? [`subject: ${quoted(mapping.subject)}`] : []),
    'input:',
    `  columns: [${inOrder.map(quoted).join(', ')}]`,
    `  delimiter: ${quoted(mapping.delimiter)}`,
    `  encoding: ${mapping.encoding}`,
    `time: { ${time}, zone: ${quoted(mapping.zone)} }`,
    'fields:',
    ...taken.map((column) => `  ${quoted(column.name.trim())}: { ${fieldOf(column)} }`),
  ];
  const sums = sumsOf(mapping);
  if (sums.length > 0) lines.push('control_sums:');
  for (const name of sums) lines.push(`  ${quoted(name)}: { sum: ${quoted(name)} }`);
  return `${lines.join('\n')}\n`;
}

/** The names of the control sums, in the order of the columns. */
const sumsOf = (mapping: Mapping) =>
  mapping.columns
    .filter((column) => column.taken && column.summed && isNumber(column.type))
    .map((column) => column.name.trim());

function fieldOf(column: MappedColumn) {
  const parts = [`column: ${quoted(column.column)}`, `type: ${column.type}`];
  if (column.type === 'money') parts.push(`currency: ${column.currency}`);
  if ((column.type === 'date' || column.type === 'timestamp') && column.format)
    parts.push(`format: ${quoted(column.format)}`);
  if (column.required) parts.push('required: true');
  return parts.join(', ');
}

/** Commas between thousands go; any other comma may be somebody's decimal point, which must not be lost in silence. */
const plain = (value: string) =>
  /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value;

/** The books of the source as the server takes them; undefined when nothing was filled in. What is no plain decimal goes as it is, and is refused with a sentence. */
export function expectedOf(figures: Record<string, string>): string | undefined {
  const given = Object.entries(figures)
    .map(([name, value]) => [name, plain(value.trim())] as const)
    .filter(([, value]) => value !== '');
  return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given));
}
