import { describe, expect, it } from 'vitest';
import { readJson, schemaFrom } from './json-text';

const none = { strings: 0, numbers: 0, booleans: 0, objects: 0, arrays: 0 };

describe('JSON in a text area', () => {
  it('is read, or says where it ends', () => {
    expect(readJson('{"a": 1}').value).toEqual({ a: 1 });
    expect(readJson('{\n  "a": 1,\n}').fault?.line).toBe(3);
    expect(readJson('').fault).toEqual({ line: 1, column: 1 });
  });
});

describe('a schema to begin with', () => {
  it('requires what was always there and allows what was seen', () => {
    const schema = schemaFrom([
      { field: '/sku', events: 10, present: 10, nulls: 0, types: { ...none, strings: 10 } },
      { field: '/note', events: 10, present: 4, nulls: 1, types: { ...none, strings: 3 } },
      { field: '/unitPrice', events: 10, present: 10, nulls: 0, types: { ...none, objects: 10 } },
      { field: '/unitPrice/amount', events: 10, present: 10, nulls: 0, types: { ...none, strings: 10 } },
      { field: '/a~1b', events: 10, present: 1, nulls: 0, types: { ...none, numbers: 1, strings: 1 } },
    ]);
    expect(schema).toEqual({
      type: 'object',
      required: ['sku', 'unitPrice'],
      properties: {
        sku: { type: 'string' },
        note: { type: ['string', 'null'] },
        unitPrice: { type: 'object' },
        'a/b': { type: ['string', 'number'] },
      },
    });
  });

  it('is open where nothing was seen', () => {
    expect(schemaFrom([])).toEqual({ type: 'object', properties: {} });
  });
});
