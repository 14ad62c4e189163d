import { Button, PasswordInput } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconShieldCheck,
  IconShieldQuestion,
  IconShieldX,
} from '@tabler/icons-react';
import type { Findings, Outcome } from '@/lib/proof/receipt';
import { texts } from '@/texts/receipts';
import s from './receipts.module.css';

const t = texts.verdict;
const shields = { proven: IconShieldCheck, failed: IconShieldX, open: IconShieldQuestion };
const marks = { proven: IconCircleCheckFilled, failed: IconCircleXFilled, open: IconCircleDashed };

/** A missing secret leaves the whole proven: it would prove to the customer what the log proves to everybody. */
function overall(findings: Findings): Outcome {
  const others = findings.checks.filter((check) => check.reason !== 'no-secret');
  if (others.some((check) => check.outcome === 'failed')) return 'failed';
  return others.every((check) => check.outcome === 'proven') ? 'proven' : 'open';
}

export function Verdict(props: { findings?: Findings; secret?: string; onSecret: (secret: string) => void }) {
  const { findings } = props;
  if (!findings) return <section className={s.verdict} aria-busy="true" aria-label={t.checking} />;
  const outcome = overall(findings);
  const Shield = shields[outcome];
  const proven = findings.checks.filter((check) => check.outcome === 'proven').length;
  const secretOpen = findings.checks.some((check) => check.name === 'secret' && check.outcome !== 'proven');
  return (
    <section className={s.verdict} data-outcome={outcome}>
      <div className={s.verdictHead} role="status">
        <Shield size={30} stroke={1.6} aria-hidden />
        <div>
          <h2 className={s.verdictTitle}>{t[outcome]}</h2>
          <div className={s.verdictSub}>{t.sub(proven, findings.checks.length)}</div>
        </div>
      </div>
      <ul className={s.checks}>
        {findings.checks.map((check) => {
          const Mark = marks[check.outcome];
          return (
            <li key={check.name} data-outcome={check.outcome}>
              <Mark size={18} aria-hidden />
              <div>
                <div className={s.checkTitle}>
                  {texts.checks[check.name].title}
                  <span className={s.checkWord}>{t.words[check.outcome]}</span>
                </div>
                <div className={s.checkText}>
                  {check.reason ? texts.reasons[check.reason] : texts.checks[check.name].proven}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
      {secretOpen && (
        <form
          className={s.secret}
          onSubmit={(event) => {
            event.preventDefault();
            props.onSecret(String(new FormData(event.currentTarget).get('secret')));
          }}
        >
          <PasswordInput
            size="xs"
            name="secret"
            label={texts.secret.label}
            description={texts.secret.hint}
            autoComplete="off"
            required
            withAsterisk={false}
            className={s.secretField}
          />
          <Button type="submit" variant="default">
            {texts.secret.submit}
          </Button>
        </form>
      )}
    </section>
  );
}
