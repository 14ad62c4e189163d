import { describe, expect, it } from 'vitest';
import type { Receipt } from '@/api/types';
import { makeLog } from '@/test/ledger';
import { type CheckName, checkReceipt, type Evidence, type Reason } from './receipt';

const events = Array.from({ length: 11 }, (_, n) => ({
  id: `order-${n}`,
  type: 'order.line',
  data: { sku: `S${n}`, quantity: n },
}));
const log = makeLog(events);

const evidenceOf = (index: number): Evidence => ({
  receipt: structuredClone(log.receipts[index]) as Receipt,
  proof: log.proofOf(index),
  vkey: log.vkey,
  secret: log.secret,
});

const failures = async (evidence: Evidence) =>
  (await checkReceipt(evidence)).checks
    .filter((check) => check.outcome !== 'proven')
    .map((check) => `${check.name}: ${check.outcome}, ${check.reason}`);

describe('a receipt with its proof, key and secret', () => {
  it.each(events.map((_, index) => index))('is proven whole at index %i', async (index) => {
    expect(await failures(evidenceOf(index))).toEqual([]);
  });
});

describe('a receipt that was tampered with', () => {
  const cases: [string, (evidence: Evidence) => void, CheckName, Reason][] = [
    [
      'a member that differs from the signed text',
      (e) => (e.receipt.transaction_type = 'refund'),
      'text',
      'members-differ',
    ],
    [
      'a signed text with a space',
      (e) => (e.receipt.signed_text = e.receipt.signed_text.replace(':', ': ')),
      'text',
      'not-canonical',
    ],
    [
      'another payload',
      (e) => (e.receipt.data_raw = btoa('{"sku":"S3","quantity":4}')),
      'payload',
      'payload-differs',
    ],
    [
      'a readable copy that tells another story',
      (e) => (e.receipt.data = { sku: 'S3', quantity: 4 }),
      'payload',
      'data-differs',
    ],
    ['another salt', (e) => (e.receipt.salt = btoa('x'.repeat(32))), 'payload', 'payload-differs'],
    ['another signature', (e) => (e.receipt.signature = '0'.repeat(64)), 'secret', 'signature-differs'],
    ['another secret', (e) => (e.secret = 'guess'), 'secret', 'signature-differs'],
    ['another leaf', (e) => (e.receipt.log.leaf_hash = '0'.repeat(64)), 'leaf', 'leaf-differs'],
    ['the proof of another entry', (e) => (e.proof = log.proofOf(4)), 'path', 'path-differs'],
    ['another index', (e) => (e.receipt.log.index = 4), 'path', 'path-differs'],
    ['a proof that is none', (e) => (e.proof = 'hello'), 'path', 'proof-unreadable'],
    ['another log', (e) => (e.receipt.log.origin = 'log.test/cus_2'), 'checkpoint', 'other-log'],
    ['a forged checkpoint', (e) => (e.proof = makeLog(events).proofOf(3)), 'checkpoint', 'not-signed'],
    ['a key that is none', (e) => (e.vkey = 'key'), 'checkpoint', 'key-unreadable'],
  ];
  it.each(cases)('fails for %s', async (_, change, name, reason) => {
    const evidence = evidenceOf(3);
    change(evidence);
    expect(await failures(evidence)).toContainEqual(`${name}: failed, ${reason}`);
  });

  it('fails for a checkpoint whose size was changed after it was signed', async () => {
    const evidence = evidenceOf(3);
    evidence.proof = (evidence.proof as string).replace('\n11\n', '\n12\n');
    expect(await failures(evidence)).toContainEqual('checkpoint: failed, bad-signature');
  });
});

describe('a receipt with less at hand', () => {
  it('leaves open what an erased payload would have shown, and still proves the rest', async () => {
    const evidence = evidenceOf(5);
    Object.assign(evidence.receipt, { data: null, data_raw: null, salt: null });
    expect(await failures(evidence)).toEqual(['payload: open, erased']);
  });

  it('leaves open what the log has not published yet', async () => {
    expect(await failures({ ...evidenceOf(5), proof: null, secret: undefined })).toEqual([
      'secret: open, no-secret',
      'path: open, no-proof',
      'checkpoint: open, no-proof',
    ]);
  });
});
