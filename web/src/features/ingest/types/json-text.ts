/** What a text area holds as JSON, or the place where it stops being JSON. */
export function readJson(text: string): { value?: unknown; fault?: { line: number; column: number } } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const place = /position (\d+)/.exec(String(error));
    const at = place ? Number(place[1]) : text.length;
    const before = text.slice(0, at).split('\n');
    return { fault: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } };
  }
}

/** A schema to begin with, from the members that the type's payloads have had so far. */
export function schemaFrom(
  fields: {
    field: string;
    events: number;
    present: number;
    nulls: number;
    types: { strings: number; numbers: number; booleans: number; objects: number; arrays: number };
  }[],
): object {
  const names = {
    strings: 'string',
    numbers: 'number',
    booleans: 'boolean',
    objects: 'object',
    arrays: 'array',
  };
  const own = fields.filter((field) => /^\/[^/]+$/.test(field.field));
  const properties = Object.fromEntries(
    own.map((field) => {
      const types = (Object.keys(names) as (keyof typeof names)[])
        .filter((kind) => field.types[kind] > 0)
        .map((kind) => names[kind]);
      if (field.nulls > 0) types.push('null');
      return [
        memberOf(field.field),
        types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types },
      ];
    }),
  );
  const required = own
    .filter((field) => field.events > 0 && field.present === field.events)
    .map((field) => memberOf(field.field));
  return { type: 'object', ...(required.length > 0 && { required }), properties };
}

const memberOf = (pointer: string) => pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
