import { describe, expect, it } from 'vitest';
import { exactText } from './exact';

describe('an exact decimal', () => {
  it.each([
    ['5545687.682', '5,545,687.682'],
    ['-1.50', '−1.50'],
    ['285421', '285,421'],
    ['12345678901234567890.123456789', '12,345,678,901,234,567,890.123456789'],
    ['not counted', 'not counted'],
  ])('%s keeps every digit', (text, shown) => expect(exactText(text)).toBe(shown));
});
