import type { CheckName, Reason } from '@/lib/proof/receipt';

const checks: Record<CheckName, { title: string; proven: string }> = {
  text: {
    title: 'Members',
    proven: 'Every member of the receipt is what its signed text says.',
  },
  payload: {
    title: 'Payload',
    proven: 'The payload is byte for byte the one that the signed text commits to.',
  },
  secret: {
    title: 'Signature of the receipt',
    proven: 'The HMAC-SHA256 signature was made with this customer’s receipt secret.',
  },
  leaf: {
    title: 'Entry in the log',
    proven: 'The signed text hashes to the entry that the receipt names.',
  },
  path: {
    title: 'Path to the root',
    proven: 'The entry stands at its index in the log: the path of hashes ends at the published root.',
  },
  checkpoint: {
    title: 'Signature of the log',
    proven: 'The root was signed with the log’s own Ed25519 key.',
  },
};

const reasons: Record<Reason, string> = {
  'members-differ': 'A member of the receipt differs from the text that was signed.',
  'not-canonical': 'The signed text is not in canonical form, so it is not the one that was issued.',
  erased: 'The payload was erased. Everything else about the receipt still holds.',
  'payload-differs': 'The payload is not the one that was recorded.',
  'data-differs': 'The readable copy of the payload differs from its recorded bytes.',
  'no-secret': 'Needs the customer’s receipt secret. Enter it below; it stays in this browser.',
  'signature-differs': 'The signature does not fit this secret: another secret, or a changed receipt.',
  'leaf-differs': 'The signed text does not hash to the entry that the receipt names.',
  'no-proof': 'The log has not published a checkpoint over this entry yet. It does so within a second.',
  'proof-unreadable': 'The proof is not a readable .tlog-proof file.',
  'path-differs': 'The path of hashes does not lead from this entry to the root.',
  'other-log': 'The checkpoint belongs to another log.',
  'no-key': 'The log has no published key to check against.',
  'key-unreadable': 'The log’s verifier key is not readable.',
  'not-signed': 'The checkpoint carries no signature of this log’s key.',
  'bad-signature': 'The checkpoint carries a signature of this log’s key that does not hold.',
  'no-ed25519': 'This browser cannot check Ed25519 signatures. Use the command below.',
};

export const texts = {
  checks,
  reasons,
  find: {
    title: 'Receipts',
    sub: 'Every accepted event has one: signed, in the customer’s log, and provable to anybody.',
    customer: 'Customer',
    chooseCustomer: 'Choose a customer',
    event: 'Event id',
    eventHint: 'The id that the sender gave the event',
    source: 'Source',
    sourceHint: 'Needed only where several sources use the same id',
    submit: 'Find the receipt',
    notFoundTitle: 'No such receipt',
    notFound: (id: string) =>
      `This customer has no event “${id}”. Ids are compared letter by letter; perhaps it has another source or belongs to another customer.`,
    ambiguous: 'Several sources use this id. Name the source.',
    another: 'Find another',
    latest: 'Or open one of the latest events',
  },
  verdict: {
    proven: 'Proven in this browser',
    failed: 'Not what was recorded',
    open: 'Proven as far as it could be checked',
    sub: (proven: number, all: number) =>
      `${proven} of ${all} checks proven, computed here from the receipt, the proof and the log’s key`,
    checking: 'Checking',
    again: 'Check again',
    words: { proven: 'proven', failed: 'failed', open: 'not checked' },
  },
  secret: {
    label: 'Receipt secret',
    hint: 'Used in this browser only and never sent',
    submit: 'Check the signature',
  },
  path: {
    title: 'Path to the signed root',
    sub: (index: string, size: string) => `Entry ${index} of a log of ${size}`,
    label: 'Hashes from the entry up to the root',
    root: 'Signed root',
    leaf: 'This entry',
    range: (from: string, to: string) => (from === to ? `entry ${from}` : `entries ${from}–${to}`),
    node: (from: string, to: string) => `covers ${from}–${to}`,
    alone: 'The log holds this entry alone: it is the root.',
    how: 'Each pair of hashes makes the one above it. Whoever holds the signed root can walk this path alone.',
  },
  facts: {
    title: 'Receipt',
    event: 'Event id',
    source: 'Source',
    type: 'Transaction type',
    happened: 'Happened',
    recorded: 'Recorded',
    index: 'Log index',
    origin: 'Log',
    leaf: 'Leaf hash',
    signature: 'Signature',
    commitment: 'Data commitment',
    system: 'Recorded by',
  },
  payload: 'Payload',
  files: {
    title: 'Verify it without us',
    sub: 'Keep these three files; with them nobody has to be believed, not even this page.',
    receipt: 'receipt.json',
    proof: 'receipt.tlog-proof',
    vkey: 'log.vkey',
    command: 'command that verifies the files',
    openssl: 'command that checks the signature',
    opensslNote: 'The signature alone, with nothing of ours:',
    keyNote:
      'Compare the key with the one you were given when the log began: a proof is worth as much as its key.',
  },
} as const;
