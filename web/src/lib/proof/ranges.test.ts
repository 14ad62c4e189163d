import { expect, it } from 'vitest';
import { makeLog } from '@/test/ledger';
import { fromHex } from './bytes';
import { walk } from './merkle';
import { parseProof } from './note';
import { rangesOf } from './ranges';

it('names as many ranges as a proof has steps, on the same side, at every index of every size up to 40', async () => {
  for (let size = 1; size <= 40; size++) {
    const log = makeLog(Array.from({ length: size }, (_, n) => ({ id: `e${n}`, type: 't', data: n })));
    for (let index = 0; index < size; index++) {
      const proof = parseProof(log.proofOf(index));
      const leaf = fromHex(log.receipts[index]?.log.leaf_hash ?? '');
      if (!proof || !leaf) throw new Error('The log of this test is broken.');
      const { steps, proven } = await walk(index, size, leaf, proof.hashes, proof.checkpoint.root);
      expect(proven).toBe(true);
      const sides = rangesOf(index, size).map(({ sibling }) => (sibling.to < index ? 'left' : 'right'));
      expect(sides).toEqual(steps.map((step) => step.side));
    }
  }
});

it('covers the whole log at the top and neighbours at the bottom', () => {
  expect(rangesOf(5, 7)).toEqual([
    { sibling: { from: 4, to: 4 }, parent: { from: 4, to: 5 } },
    { sibling: { from: 6, to: 6 }, parent: { from: 4, to: 6 } },
    { sibling: { from: 0, to: 3 }, parent: { from: 0, to: 6 } },
  ]);
});
