import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Receipt } from '@/api/types';
import { canonical } from '@/lib/proof/jcs';

/** A log with real hashes and signatures, made by Node's own cryptography so that it shares no code with the checks. */
export function makeLog(events: { id: string; type: string; data: unknown }[], origin = 'log.test/cus_1') {
  const secret = 'rs_test_secret_0123456789';
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.of(1), publicBytes]);
  const keyId = sha(Buffer.concat([Buffer.from(`${origin}\n`), typed])).subarray(0, 4);
  const receipts = events.map((event, index) => receiptOf(event, index, origin, secret));
  const leaves = receipts.map((receipt) => Buffer.from(receipt.log.leaf_hash, 'hex'));
  const text = `${origin}\n${leaves.length}\n${rootOf(leaves).toString('base64')}\n`;
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]).toString('base64');
  const checkpoint = `${text}\n\u2014 ${origin} ${signature}\n`;
  return {
    secret,
    receipts,
    checkpoint,
    vkey: `${origin}+${keyId.toString('hex')}+${typed.toString('base64')}`,
    proofOf: (index: number) =>
      [
        'c2sp.org/tlog-proof@v1',
        `index ${index}`,
        ...pathOf(index, leaves).map((hash) => hash.toString('base64')),
        '',
        checkpoint,
      ].join('\n'),
  };
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const node = (left: Buffer, right: Buffer) => sha(Buffer.concat([Buffer.of(1), left, right]));

function receiptOf(
  event: { id: string; type: string; data: unknown },
  index: number,
  origin: string,
  secret: string,
) {
  const raw = Buffer.from(JSON.stringify(event.data));
  const salt = randomBytes(32);
  const signed = {
    v: 1,
    event_id: event.id,
    source: 'api',
    customer_id: 'cus_1',
    transaction_type: event.type,
    timestamp: '2026-03-02T09:00:00Z',
    verification_timestamp: '2026-03-02T09:00:00.412Z',
    system_metadata: { hostname: 'test', late: false, region: 'local', secret_version: 1, version: '0.1.0' },
    data_commitment: sha(Buffer.concat([salt, raw])).toString('hex'),
  };
  const signedText = canonical(signed);
  const entry = `{"kind":"event","sha256":"${sha(Buffer.from(signedText)).toString('hex')}","v":1}`;
  const leaf = sha(Buffer.concat([Buffer.of(0), Buffer.from(entry)]));
  const receipt: Receipt = {
    ...signed,
    signed_text: signedText,
    data: event.data,
    data_raw: raw.toString('base64'),
    salt: salt.toString('base64'),
    signature: createHmac('sha256', secret).update(signedText).digest('hex'),
    log: { origin, index, leaf_hash: leaf.toString('hex') },
  };
  return receipt;
}

/** The recursive definition of RFC 6962, 2.1. */
function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha(Buffer.alloc(0));
  if (leaves.length === 1) return leaves[0] as Buffer;
  const half = splitOf(leaves.length);
  return node(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

function pathOf(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const half = splitOf(leaves.length);
  return index < half
    ? [...pathOf(index, leaves.slice(0, half)), rootOf(leaves.slice(half))]
    : [...pathOf(index - half, leaves.slice(half)), rootOf(leaves.slice(0, half))];
}

function splitOf(size: number) {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}
