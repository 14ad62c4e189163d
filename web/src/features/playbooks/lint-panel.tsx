import { IconCircleCheck } from '@tabler/icons-react';
import type { LintFault } from '@/api/playbooks';
import { texts } from '@/texts/playbooks';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import s from './source.module.css';

const t = texts.lint;

/** Everything wrong with the text, each with its place, which is a link into the editor, and its fix. */
export function LintPanel(props: {
  name: string;
  faults: LintFault[];
  warnings: LintFault[];
  isBehind: boolean;
  error: Error | null;
  onGo: (line: number, column: number) => void;
}) {
  const { faults, warnings } = props;
  return (
    <div className={s.lint}>
      <Card
        title={t.title}
        right={
          <Pill tone={faults.length > 0 ? 'bad' : 'ok'} dot>
            {t.count(faults.length)}
          </Pill>
        }
        pad={false}
      >
        <div aria-live="polite" data-behind={props.isBehind} className={s.findings}>
          {props.error && <Notice tone="bad">{props.error.message}</Notice>}
          {faults.length === 0 && warnings.length === 0 && !props.error && (
            <p className={s.fine}>
              <IconCircleCheck size={16} stroke={1.8} aria-hidden /> {t.fine}
            </p>
          )}
          <List name={props.name} findings={faults} tone="bad" onGo={props.onGo} />
          <List name={props.name} findings={warnings} tone="warn" onGo={props.onGo} />
        </div>
      </Card>
    </div>
  );
}

function List(props: {
  name: string;
  findings: LintFault[];
  tone: 'bad' | 'warn';
  onGo: (line: number, column: number) => void;
}) {
  if (props.findings.length === 0) return null;
  return (
    <ul className={s.list} aria-label={props.tone === 'bad' ? t.faults : t.warnings}>
      {props.findings.map((one) => (
        <li key={`${one.line} ${one.column} ${one.code} ${one.detail}`} data-tone={props.tone}>
          <button type="button" className={s.place} onClick={() => props.onGo(one.line, one.column)}>
            {props.name}.yaml:{one.line}:{one.column}
          </button>
          <span>{one.detail}</span>
          {one.fix && <span className={s.fix}>{t.fix(one.fix)}</span>}
        </li>
      ))}
    </ul>
  );
}
