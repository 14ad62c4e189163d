/** The entries, first to last, that a hash of the tree stands for. */
export interface Range {
  from: number;
  to: number;
}

/** For each step of a path: what its sibling covers, and what the two cover together. From the leaf upwards. */
export function rangesOf(index: number, size: number): { sibling: Range; parent: Range }[] {
  const ranges: { sibling: Range; parent: Range }[] = [];
  let from = 0;
  let to = size - 1;
  while (from < to) {
    const parent = { from, to };
    const middle = from + largestPowerBelow(to - from + 1);
    if (index < middle) {
      ranges.push({ sibling: { from: middle, to }, parent });
      to = middle - 1;
    } else {
      ranges.push({ sibling: { from, to: middle - 1 }, parent });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** RFC 6962 splits a tree at the largest power of two that is smaller than its size. */
function largestPowerBelow(size: number) {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
