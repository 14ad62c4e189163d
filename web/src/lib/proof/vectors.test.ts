import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from './bytes';
import { canonical } from './jcs';
import { walk } from './merkle';

/** The shared vectors lie beside the repository and are not part of it; without them these tests are skipped by name. */
const vectors =
  process.env.CAIRN_VECTORS ?? resolve(import.meta.dirname, '../../../../../shared/data/vectors');

interface InclusionVector {
  desc: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

const inclusion = join(vectors, 'merkle/inclusion');
const here = existsSync(inclusion);

describe.skipIf(!here)('inclusion proofs agree with the vectors of the transparency-dev project', () => {
  const files = here
    ? readdirSync(inclusion, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    : [];
  it('finds the vectors', () => expect(files.length).toBeGreaterThan(50));
  it.each(files)('%s', async (name) => {
    // Indexes beyond 2^53 are among them; rounded by JSON.parse they still lie outside every tree.
    const vector: InclusionVector = JSON.parse(readFileSync(join(inclusion, name), 'utf8'));
    const read = (text: string) => fromBase64(text) ?? new Uint8Array();
    const proof = (vector.proof ?? []).map(read);
    const { proven } = await walk(
      vector.leafIdx,
      vector.treeSize,
      read(vector.leafHash),
      proof,
      read(vector.root),
    );
    expect(proven).toBe(!vector.wantErr);
  });
});

const jcs = join(vectors, 'jcs');

describe.skipIf(!existsSync(jcs))('canonical JSON agrees with the vectors of RFC 8785', () => {
  const names = existsSync(jcs) ? readdirSync(jcs).filter((name) => name.endsWith('.input.json')) : [];
  it.each(names)('%s', (name) => {
    const expected = readFileSync(join(jcs, name.replace('.input.', '.output.')), 'utf8').trimEnd();
    expect(canonical(JSON.parse(readFileSync(join(jcs, name), 'utf8')))).toBe(expected);
  });
});
