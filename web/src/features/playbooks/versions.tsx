import { NativeSelect } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  type Playbook,
  type PlaybookDifference,
  playbookDiffQuery,
  playbookVersionsQuery,
} from '@/api/playbooks';
import { instant } from '@/lib/format';
import { texts } from '@/texts/playbooks';
import { Notice } from '@/ui/notice';
import { Card, Empty, Pill } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './versions.module.css';

const t = texts.versions;
const tones = { added: 'ok', removed: 'bad', changed: 'info' } as const;

/** The versions of a playbook, and what differs between two of them in words. */
export default function Versions(props: { playbook: Playbook; from?: number; to?: number }) {
  const { playbook } = props;
  const navigate = useNavigate({ from: '/playbooks/$playbook' });
  const { data: versions, error } = useQuery(playbookVersionsQuery(playbook.id));
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!versions) return <div aria-busy="true" role="status" aria-label={texts.loading} />;
  const numbers = versions.map((one) => one.version).toSorted((left, right) => right - left);
  const to = props.to ?? numbers[0] ?? playbook.version;
  const from = props.from ?? numbers.find((one) => one < to);
  const set = (search: { from?: number; version?: number }) =>
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true });
  return (
    <div className={ui.columns}>
      <div className={ui.stack}>
        {from === undefined ? (
          <Empty icon={<IconGitCompare size={24} stroke={1.6} />} title={t.oneTitle}>
            {t.one}
          </Empty>
        ) : (
          <Difference playbook={playbook.id} from={from} to={to} />
        )}
      </div>
      <div className={ui.stack}>
        {numbers.length > 1 && (
          <Card title={t.compare}>
            <div className={ui.formRow}>
              <NativeSelect
                size="xs"
                label={t.before}
                value={String(from ?? '')}
                data={numbers.map((one) => ({ value: String(one), label: texts.version(one) }))}
                onChange={(event) => set({ from: Number(event.currentTarget.value) })}
              />
              <NativeSelect
                size="xs"
                label={t.after}
                value={String(to)}
                data={numbers.map((one) => ({ value: String(one), label: texts.version(one) }))}
                onChange={(event) => set({ version: Number(event.currentTarget.value) })}
              />
            </div>
          </Card>
        )}
        <Card title={t.title} pad={false}>
          <ul className={s.versions}>
            {versions.map((one) => (
              <li key={one.version}>
                <b className="num">{texts.version(one.version)}</b>
                <Pill tone={one.source === 'shipped' ? 'mute' : 'info'}>{texts.sources[one.source]}</Pill>
                <small>{[one.at && instant(one.at), one.by?.name].filter(Boolean).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}

function Difference({ playbook, from, to }: { playbook: string; from: number; to: number }) {
  const { data, error } = useQuery(playbookDiffQuery(playbook, from, to));
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return <div aria-busy="true" role="status" aria-label={texts.loading} />;
  return (
    <Card title={t.differs(from, to)} sub={t.count(data.length)} pad={false}>
      {data.length === 0 ? (
        <p className={s.same}>{t.same}</p>
      ) : (
        <ul className={s.changes}>
          {data.map((change) => (
            <Change key={`${change.path} ${change.kind} ${change.text}`} change={change} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Change({ change }: { change: PlaybookDifference }) {
  return (
    <li className={s.change}>
      <Pill tone={tones[change.kind]}>{t.kinds[change.kind]}</Pill>
      <div className={s.what}>
        <span>{change.text}</span>
        <code className={s.path}>{change.path}</code>
        {(change.before !== null || change.after !== null) && (
          <dl className={s.both}>
            {change.before !== null && (
              <div data-side="before">
                <dt>{t.before}</dt>
                <dd>{change.before}</dd>
              </div>
            )}
            {change.after !== null && (
              <div data-side="after">
                <dt>{t.after}</dt>
                <dd>{change.after}</dd>
              </div>
            )}
          </dl>
        )}
      </div>
    </li>
  );
}
