/** The shapes that the server sends, until they are generated from its OpenAPI document. */

export interface Person {
  id: string;
  name: string;
  email: string;
  role: string;
}

export interface Money {
  /** A decimal number as text, so that no cent is lost on the way. */
  amount: string;
  currency: string;
}

export interface Customer {
  id: string;
  name: string;
  industry: string | null;
  vertical: string | null;
  plan: string | null;
  slaTier: string | null;
  timeZone: string | null;
  stage: string | null;
  tags: string[];
  acv: Money | null;
  contractStart: string | null;
  contractEnd: string | null;
  renewalDate: string | null;
  createdAt: string;
  version: number;
  paymentTerms?: string | null;
  /** Who of the staff owns it today; absent while nobody does. */
  owner?: { id: string; name: string; role: string };
  /** Whether the reader is in its team today. */
  mine?: boolean;
  /** Absent where the server does not count; a screen then says nothing rather than zero. */
  counts?: { events: number };
}

export interface NewCustomer extends Customer {
  /** Shown once: whoever holds it can check and forge the HMAC signature of this customer's receipts. */
  receiptSecret: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface ApiKey {
  id: string;
  name: string | null;
  scopes: string[];
  status: 'active' | 'expired' | 'revoked';
  createdAt: string;
  lastUsedAt?: string | null;
  expiresAt?: string | null;
  revokedAt?: string | null;
  /** Until when the text before the last rotation works; null once it does not. */
  previousUntil?: string | null;
}

export interface IngestedEvent {
  index: number;
  eventId: string;
  source: string;
  type: string;
  subject: string | null;
  time: string | null;
  receivedAt: string;
  late: boolean;
  actor?: string;
  /** The stream or import it came in. */
  batch?: string | null;
  data: unknown;
}

export interface AuditEntry {
  index: number;
  at: string;
  /** An event of the customer, a change of a record, or a read that is recorded. */
  kind: 'event' | 'record' | 'read';
  actor: { kind: string; id: string | null; name: string | null };
  action: string;
  subject: { kind: string; id: string | null; name: string | null } | null;
  before: unknown;
  after: unknown;
  eventId: string;
  source: string;
}

/** A receipt as the server stores and sends it; its member names are those of the public format. */
export interface Receipt {
  v: number;
  event_id: string;
  source: string;
  customer_id: string;
  transaction_type: string;
  timestamp: string;
  verification_timestamp: string;
  system_metadata: Record<string, unknown>;
  data_commitment: string;
  signed_text: string;
  /** Null, with `data_raw` and `salt`, once the payload has been erased. */
  data: unknown;
  data_raw: string | null;
  salt: string | null;
  signature: string;
  log: { origin: string; index: number; leaf_hash: string; kind?: string };
}

export interface ReceiptVerification {
  verdict: string;
  checks: { name: string; outcome: string; detail: string }[];
}
