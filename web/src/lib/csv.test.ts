import { expect, it } from 'vitest';
import { csv } from './csv';

it('quotes what needs it and leaves the rest alone', () => {
  expect(csv([['a', 'b "c"', 'd,e', 'f\ng', null, 4]])).toBe('\uFEFFa,"b ""c""","d,e","f\ng",,4\r\n');
});

it('disarms what a spreadsheet would run, and keeps numbers as numbers', () => {
  expect(csv([['=1+1', '@x', '-12.50', '+44 20', '-x']])).toBe("\uFEFF'=1+1,'@x,-12.50,'+44 20,'-x\r\n");
});
