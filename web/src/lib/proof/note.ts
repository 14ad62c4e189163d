import { type Bytes, base64, concat, fromBase64, fromHex, same, sha256, utf8 } from './bytes';

/** A signed statement of a log: it has this many entries, and this is the hash of all of them. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  /** What the signatures cover. */
  text: string;
  signatures: { name: string; keyId: Bytes; signature: Bytes }[];
}

/** A `.tlog-proof` file: the place of an entry, the hashes beside its path, and the checkpoint that they lead to. */
export interface TlogProof {
  index: number;
  hashes: Bytes[];
  checkpoint: Checkpoint;
  checkpointText: string;
}

export interface VerifierKey {
  name: string;
  keyId: Bytes;
  publicKey: Bytes;
}

const ed25519Type = 1;
const mostHashes = 63;

/** Splits a note at its last empty line and reads the three lines of a checkpoint; null when it is none. */
export function parseCheckpoint(note: string): Checkpoint | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split('\n');
  const rootBytes = fromBase64(root ?? '');
  if (!origin || !isWhole(size) || rootBytes?.length !== 32) return null;
  const signatures: Checkpoint['signatures'] = [];
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, blob] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = fromBase64(blob ?? '');
    if (!name || !bytes || bytes.length < 5) return null;
    signatures.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { origin, size: Number(size), root: rootBytes, text, signatures };
}

/** Reads a `.tlog-proof` file; null when it is none. */
export function parseProof(text: string): TlogProof | null {
  const head = text.indexOf('\n\n');
  if (head < 0) return null;
  const lines = text.slice(0, head).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') return null;
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, index] = /^index (\d+)$/.exec(lines.shift() ?? '') ?? [];
  if (!isWhole(index) || lines.length > mostHashes) return null;
  const hashes = lines.map(fromBase64);
  if (!hashes.every((hash): hash is Bytes => hash?.length === 32)) return null;
  const checkpointText = text.slice(head + 2);
  const checkpoint = parseCheckpoint(checkpointText);
  return checkpoint && { index: Number(index), hashes, checkpoint, checkpointText };
}

/** Reads `name+hex id+base64 key`, and checks that the id belongs to the key; null otherwise, or for another kind of key. */
export async function parseVerifierKey(text: string): Promise<VerifierKey | null> {
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const keyId = fromHex(id ?? '');
  const typed = fromBase64(key ?? '');
  if (!name || !keyId || typed?.length !== 33 || typed[0] !== ed25519Type) return null;
  const expected = (await sha256(concat(utf8(`${name}\n`), typed))).slice(0, 4);
  return same(expected, keyId) ? { name, keyId, publicKey: typed.slice(1) } : null;
}

/** `absent`: the key has not signed. `unavailable`: this browser has no Ed25519. */
export type SignatureOutcome = 'valid' | 'invalid' | 'absent' | 'unavailable';

/** Whether the key has signed the checkpoint. A signature under its name and id that is wrong makes it invalid. */
export async function checkSignature(checkpoint: Checkpoint, key: VerifierKey): Promise<SignatureOutcome> {
  const made = checkpoint.signatures.find(({ name, keyId }) => name === key.name && same(keyId, key.keyId));
  if (!made) return 'absent';
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  } catch {
    return 'unavailable';
  }
  const valid = await crypto.subtle.verify('Ed25519', imported, made.signature, utf8(checkpoint.text));
  return valid ? 'valid' : 'invalid';
}

/** The hash of a checkpoint's root as the checkpoint writes it. */
export const rootText = (checkpoint: Checkpoint) => base64(checkpoint.root);

const isWhole = (text: string | undefined): text is string =>
  text !== undefined && /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
