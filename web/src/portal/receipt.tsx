import { useQuery } from '@tanstack/react-query';
import type { Receipt } from '@/api/types';
import { download } from '@/lib/csv';
import { count, instant } from '@/lib/format';
import { checkReceipt } from '@/lib/proof/receipt';
import { texts as words } from '@/texts/portal';
import { texts } from '@/texts/receipts';
import { Block } from './parts';

const t = words.receipt;

/** A receipt, checked here and now from the receipt, the proof and the key of the log. */
export function OneReceipt({ receipt, proof, vkey }: { receipt: Receipt; proof: string; vkey: string }) {
  const { data: findings } = useQuery({
    queryKey: ['findings', receipt.signature, proof, vkey],
    queryFn: () => checkReceipt({ receipt, proof, vkey }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // The receipt secret would prove to the customer what the log proves to everybody; nobody types it in here.
  const checks = findings?.checks.filter((check) => check.reason !== 'no-secret') ?? [];
  const isFailed = checks.some((check) => check.outcome === 'failed');
  const isProven = checks.length > 0 && checks.every((check) => check.outcome === 'proven');
  const outcome = isFailed ? 'failed' : isProven ? 'proven' : 'open';
  const proven = checks.filter((check) => check.outcome === 'proven').length;
  const files: [string, string][] = [
    [texts.files.receipt, `${JSON.stringify(receipt, null, 2)}\n`],
    [texts.files.proof, proof],
    [texts.files.vkey, vkey],
  ];
  return (
    <>
      <section className="verdict" data-outcome={findings ? outcome : 'checking'} role="status">
        <span className="verdict-sign" aria-hidden>
          {findings ? { proven: '✓', failed: '✕', open: '?' }[outcome] : '…'}
        </span>
        <div>
          <h1>{findings ? texts.verdict[outcome] : texts.verdict.checking}</h1>
          {findings && <p>{texts.verdict.sub(proven, checks.length)}</p>}
        </div>
      </section>
      <Block title={receipt.event_id}>
        <dl className="facts">
          <Fact name={t.type}>{receipt.transaction_type}</Fact>
          <Fact name={t.source}>{receipt.source}</Fact>
          <Fact name={t.happened}>{instant(receipt.timestamp, null, true)}</Fact>
          <Fact name={t.recorded}>{instant(receipt.verification_timestamp, null, true)}</Fact>
          <Fact name={t.place}>{count(receipt.log.index)}</Fact>
        </dl>
        <h3>{t.content}</h3>
        {receipt.data_raw === null ? (
          <p className="soft">{t.erased}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <pre tabIndex={0}>{JSON.stringify(receipt.data, null, 2)}</pre>
        )}
      </Block>
      <Block title={t.proof}>
        <p className="soft">{t.proofText}</p>
        <ul className="checks">
          {checks.map((check) => (
            <li key={check.name} data-outcome={check.outcome}>
              <span aria-hidden>{{ proven: '✓', failed: '✕', open: '?' }[check.outcome]}</span>
              <div>
                <strong>
                  {texts.checks[check.name].title}
                  <span className="sr">: {texts.verdict.words[check.outcome]}</span>
                </strong>
                <span>{check.reason ? texts.reasons[check.reason] : texts.checks[check.name].proven}</span>
              </div>
            </li>
          ))}
        </ul>
        <h3>{t.download}</h3>
        <p className="soft">{t.downloadText}</p>
        <div className="files">
          {files.map(([name, text]) => (
            <button
              key={name}
              type="button"
              className="plain-button"
              onClick={() => download(name, 'text/plain;charset=utf-8', text)}
            >
              {name}
            </button>
          ))}
        </div>
      </Block>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
