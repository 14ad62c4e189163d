import { describe, expect, it } from 'vitest';
import { offsetOf, partsOf, placeOf, withVersion } from './editor-place';

const text = 'playbook: a\nphases:\n  - id: one # first\n';

describe('places in a text', () => {
  it.each([
    [1, 1, 0],
    [2, 3, 14],
    [3, 99, 39],
    [9, 1, text.length],
  ])('line %d column %d is at %d', (line, column, offset) => {
    expect(offsetOf(text, line, column)).toBe(offset);
  });

  it('come back from where they are', () => {
    for (let at = 0; at <= text.length; at++) {
      const { line, column } = placeOf(text, at);
      expect(offsetOf(text, line, column)).toBe(at);
    }
  });
});

it('gets another version number, and only that', () => {
  expect(withVersion('playbook: a\nversion: 3 # mine\nsub:\n  version: 1\n', 4)).toBe(
    'playbook: a\nversion: 4 # mine\nsub:\n  version: 1\n',
  );
  expect(withVersion('playbook: a\n', 4)).toBe('playbook: a\n');
});

describe('a line in parts', () => {
  it.each([
    '',
    '  - {id: a, title: "b # c"}',
    'key: value # why',
    '# whole',
    '- x',
    'a-b.c: "text"',
    '  plain text',
  ])('“%s” is whole when they are put together', (line) => {
    expect(
      partsOf(line)
        .map((part) => part.text)
        .join(''),
    ).toBe(line);
  });

  it('knows keys and comments', () => {
    expect(partsOf('  - id: one # first').map((part) => part.kind)).toEqual([
      'plain',
      'dash',
      'key',
      'plain',
      'comment',
    ]);
  });
});
