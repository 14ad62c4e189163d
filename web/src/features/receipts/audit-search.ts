export const auditKinds = ['event', 'record', 'read'] as const;
export type AuditKind = (typeof auditKinds)[number];
export const kindOf = (value: unknown) => auditKinds.find((kind) => kind === value);

export interface AuditSearch {
  customer?: string;
  kind?: AuditKind;
  from?: string;
  to?: string;
  /** The log index of the entry whose details are open. */
  open?: number;
}

const day = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export const auditSearch = (search: Record<string, unknown>): AuditSearch => ({
  customer: typeof search.customer === 'string' && search.customer ? search.customer : undefined,
  kind: kindOf(search.kind),
  from: day(search.from),
  to: day(search.to),
  open: typeof search.open === 'number' ? search.open : undefined,
});
