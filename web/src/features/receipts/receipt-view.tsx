import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { proofQuery, verifierKeyQuery } from '@/api/ledger';
import type { Receipt } from '@/api/types';
import { count, instant } from '@/lib/format';
import { checkReceipt } from '@/lib/proof/receipt';
import { texts } from '@/texts/receipts';
import { Code } from '@/ui/copy';
import { Facts } from '@/ui/facts';
import { Card } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { ProofPath } from './proof-path';
import { ReceiptFiles } from './receipt-files';
import { Verdict } from './verdict';

const t = texts.facts;

/** A receipt and what this browser could prove about it, from the receipt, the proof and the key alone. */
export function ReceiptView({
  receipt,
  customer,
  source,
  zone,
}: {
  receipt: Receipt;
  customer: string;
  /** As the address names it, if it does: the proof that the route has asked for goes by the same name. */
  source: string | undefined;
  zone: string | null;
}) {
  const proof = useQuery(proofQuery(customer, receipt.event_id, source));
  const vkey = useQuery(verifierKeyQuery(customer));
  const [secret, setSecret] = useState<string>();
  const evidence = { receipt, proof: proof.data ?? null, vkey: vkey.data ?? null, secret };
  const findings = useQuery({
    // The secret never becomes part of a key that might be shown or stored; a count of its changes does.
    queryKey: [
      'findings',
      receipt.signature,
      evidence.proof,
      evidence.vkey,
      secret === undefined ? 0 : secret.length,
    ],
    queryFn: () => checkReceipt(evidence),
    enabled: !proof.isPending && !vkey.isPending,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const mono = (text: string) => <span className={table.mono}>{text}</span>;
  // All at once: what is known already would move when the verdict comes.
  if (!findings.data) return <div className={ui.columns} aria-busy="true" style={{ minHeight: 320 }} />;
  return (
    <div className={ui.columns}>
      <div className={ui.stack}>
        <Verdict findings={findings.data} onSecret={setSecret} secret={secret} />
        {findings.data?.proof && findings.data.leaf && findings.data.walk && (
          <ProofPath proof={findings.data.proof} leaf={findings.data.leaf} walk={findings.data.walk} />
        )}
        <ReceiptFiles receipt={receipt} proof={evidence.proof} vkey={evidence.vkey} />
      </div>
      <div className={ui.stack}>
        <Card title={t.title}>
          <Facts
            rows={[
              [t.event, mono(receipt.event_id)],
              [t.source, mono(receipt.source)],
              [t.type, receipt.transaction_type],
              [t.happened, instant(receipt.timestamp, zone, true)],
              [t.recorded, instant(receipt.verification_timestamp, zone, true)],
              [
                t.index,
                <span key="index" className="num">
                  {count(receipt.log.index)}
                </span>,
              ],
              [t.origin, mono(receipt.log.origin)],
              [t.leaf, mono(receipt.log.leaf_hash)],
              [t.signature, mono(receipt.signature)],
              [t.commitment, mono(receipt.data_commitment)],
            ]}
          />
        </Card>
        {receipt.data !== null && receipt.data !== undefined && (
          <Card title={texts.payload}>
            <Code value={JSON.stringify(receipt.data, null, 2)} what={texts.payload} wrap />
          </Card>
        )}
      </div>
    </div>
  );
}
