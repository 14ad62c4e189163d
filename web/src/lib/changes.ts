/** One member that differs between two states of a record; undefined where a state lacks it. */
export interface MemberChange {
  member: string;
  before: unknown;
  after: unknown;
}

/** The members that differ, nested ones by their path. Lists count as one value. */
export function changesBetween(before: unknown, after: unknown, path = ''): MemberChange[] {
  if (!isRecord(before) && !isRecord(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ member: path, before, after }];
  }
  const left = isRecord(before) ? before : {};
  const right = isRecord(after) ? after : {};
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.flatMap((name) => changesBetween(left[name], right[name], path ? `${path}.${name}` : name));
}

/** A value in a cell: nothing as a dash, texts as they are, everything else as JSON. */
export function valueText(value: unknown) {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
