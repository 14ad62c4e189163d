import type { Receipt } from '@/api/types';
import { type Bytes, concat, fromBase64, fromHex, hex, same, sha256, utf8 } from './bytes';
import { canonical } from './jcs';
import { leafHash, type Walk, walk } from './merkle';
import { checkSignature, parseProof, parseVerifierKey, type TlogProof } from './note';

export type CheckName = 'text' | 'payload' | 'secret' | 'leaf' | 'path' | 'checkpoint';
/** `open`: could not be checked with what is here, and `reason` says why. */
export type Outcome = 'proven' | 'failed' | 'open';

export interface Check {
  name: CheckName;
  outcome: Outcome;
  reason?: Reason;
}

export type Reason =
  | 'members-differ'
  | 'not-canonical'
  | 'erased'
  | 'payload-differs'
  | 'data-differs'
  | 'no-secret'
  | 'signature-differs'
  | 'leaf-differs'
  | 'no-proof'
  | 'proof-unreadable'
  | 'path-differs'
  | 'other-log'
  | 'no-key'
  | 'key-unreadable'
  | 'not-signed'
  | 'bad-signature'
  | 'no-ed25519';

export interface Evidence {
  receipt: Receipt;
  /** The `.tlog-proof` file; null while the log has not published a checkpoint over the entry. */
  proof: string | null;
  /** The log's verifier key. */
  vkey: string | null;
  /** Only when the reader typed it in; it stays in this browser. */
  secret?: string;
}

export interface Findings {
  checks: Check[];
  proof: TlogProof | null;
  leaf: Bytes | null;
  walk: Walk | null;
}

/** The members that the signed text covers, in its own words. */
const signedMembers = [
  'v',
  'event_id',
  'source',
  'customer_id',
  'transaction_type',
  'timestamp',
  'verification_timestamp',
  'system_metadata',
  'data_commitment',
] as const;

/** Checks everything about a receipt that can be checked here; nothing is sent anywhere. */
export async function checkReceipt(evidence: Evidence): Promise<Findings> {
  const { receipt } = evidence;
  const leaf = await leafOf(receipt);
  const proof = evidence.proof === null ? null : parseProof(evidence.proof);
  const path =
    proof && (await walk(proof.index, proof.checkpoint.size, leaf, proof.hashes, proof.checkpoint.root));
  return {
    proof,
    leaf,
    walk: path,
    checks: [
      checkText(receipt),
      await checkPayload(receipt),
      await checkSecret(receipt, evidence.secret),
      checkLeaf(receipt, leaf),
      checkPath(evidence, proof, path),
      await checkCheckpoint(evidence, proof),
    ],
  };
}

const proven = (name: CheckName): Check => ({ name, outcome: 'proven' });
const failed = (name: CheckName, reason: Reason): Check => ({ name, outcome: 'failed', reason });
const open = (name: CheckName, reason: Reason): Check => ({ name, outcome: 'open', reason });

async function leafOf(receipt: Receipt) {
  const digest = hex(await sha256(utf8(receipt.signed_text)));
  return leafHash(utf8(canonical({ kind: receipt.log.kind ?? 'event', sha256: digest, v: 1 })));
}

function checkText(receipt: Receipt): Check {
  let signed: Record<string, unknown>;
  try {
    signed = JSON.parse(receipt.signed_text);
    if (canonical(signed) !== receipt.signed_text) return failed('text', 'not-canonical');
  } catch {
    return failed('text', 'not-canonical');
  }
  const shown = Object.fromEntries(signedMembers.map((name) => [name, receipt[name]]));
  return canonical(shown) === receipt.signed_text ? proven('text') : failed('text', 'members-differ');
}

async function checkPayload(receipt: Receipt): Promise<Check> {
  if (receipt.data_raw === null || receipt.salt === null) return open('payload', 'erased');
  const raw = fromBase64(receipt.data_raw);
  const salt = fromHex(receipt.salt) ?? fromBase64(receipt.salt);
  if (!raw || salt?.length !== 32) return failed('payload', 'payload-differs');
  const commitment = hex(await sha256(concat(salt, raw)));
  if (commitment !== receipt.data_commitment) return failed('payload', 'payload-differs');
  return showsWhatItHolds(receipt, raw) ? proven('payload') : failed('payload', 'data-differs');
}

/** `data` is the readable copy of the raw bytes; what is no JSON has none. */
function showsWhatItHolds(receipt: Receipt, raw: Bytes) {
  if (receipt.data === null || receipt.data === undefined) return true;
  try {
    return (
      canonical(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))) === canonical(receipt.data)
    );
  } catch {
    return false;
  }
}

async function checkSecret(receipt: Receipt, secret: string | undefined): Promise<Check> {
  if (!secret) return open('secret', 'no-secret');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8(secret.trim()), algorithm, false, ['sign']);
  const mac = hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(receipt.signed_text))));
  return mac === receipt.signature ? proven('secret') : failed('secret', 'signature-differs');
}

function checkLeaf(receipt: Receipt, leaf: Bytes): Check {
  const named = fromHex(receipt.log.leaf_hash) ?? fromBase64(receipt.log.leaf_hash);
  return named && same(named, leaf) ? proven('leaf') : failed('leaf', 'leaf-differs');
}

function checkPath(evidence: Evidence, proof: TlogProof | null, path: Walk | null): Check {
  if (evidence.proof === null) return open('path', 'no-proof');
  if (!proof || !path) return failed('path', 'proof-unreadable');
  if (proof.index !== evidence.receipt.log.index) return failed('path', 'path-differs');
  return path.proven ? proven('path') : failed('path', 'path-differs');
}

async function checkCheckpoint(evidence: Evidence, proof: TlogProof | null): Promise<Check> {
  if (evidence.proof === null) return open('checkpoint', 'no-proof');
  if (!proof) return failed('checkpoint', 'proof-unreadable');
  if (proof.checkpoint.origin !== evidence.receipt.log.origin) return failed('checkpoint', 'other-log');
  if (evidence.vkey === null) return open('checkpoint', 'no-key');
  const key = await parseVerifierKey(evidence.vkey);
  if (!key) return failed('checkpoint', 'key-unreadable');
  switch (await checkSignature(proof.checkpoint, key)) {
    case 'valid':
      return proven('checkpoint');
    case 'invalid':
      return failed('checkpoint', 'bad-signature');
    case 'absent':
      return failed('checkpoint', 'not-signed');
    case 'unavailable':
      return open('checkpoint', 'no-ed25519');
  }
}
