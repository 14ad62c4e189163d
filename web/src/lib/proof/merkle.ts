import { type Bytes, concat, same, sha256 } from './bytes';

/** One step on the way from a leaf to the root: on which side the sibling stands, and what the two become. */
export interface Step {
  side: 'left' | 'right';
  sibling: Bytes;
  parent: Bytes;
}

/** What came of walking a path: the steps that could be walked, and whether they end at the root. */
export interface Walk {
  steps: Step[];
  proven: boolean;
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export const leafHash = (entry: Uint8Array) => sha256(concat(leafPrefix, entry));
export const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(concat(nodePrefix, left, right));

/**
 * Walks an inclusion proof as RFC 9162, 2.1.3.2 does. `index` and `size` are whole numbers below 2^53; every hash has
 * 32 bytes. A proof that is too short, too long or ends elsewhere is not proven.
 */
export async function walk(
  index: number,
  size: number,
  leaf: Bytes,
  proof: Bytes[],
  root: Bytes,
): Promise<Walk> {
  const steps: Step[] = [];
  const refused = { steps, proven: false };
  const wellFormed = [leaf, root, ...proof].every((hash) => hash.length === 32);
  if (!wellFormed || !Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return refused;
  if (index < 0 || index >= size) return refused;
  // Division instead of shifts: shifts of JavaScript end at 32 bits.
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return refused;
    if (place % 2 === 1 || place === last) {
      hash = await nodeHash(sibling, hash);
      steps.push({ side: 'left', sibling, parent: hash });
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await nodeHash(hash, sibling);
      steps.push({ side: 'right', sibling, parent: hash });
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return { steps, proven: last === 0 && same(hash, root) };
}
