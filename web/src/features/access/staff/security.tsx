import { Button, NumberInput, UnstyledButton } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditEntry } from '@/api/types';
import { instant, words } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/settings';
import { Notice } from '@/ui/notice';
import { Card, Empty } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import {
  limitsQuery,
  putLimits,
  type SecurityGroup,
  type SessionLimits,
  securityActions,
  securityLogQuery,
} from './api';
import s from './settings.module.css';

const t = texts.security;
const minutesOfHour = 60;

export default function Security() {
  const { data: limits } = useQuery(limitsQuery);
  return (
    <>
      <div className={s.columns}>{limits && <Limits limits={limits} />}</div>
      <Log />
    </>
  );
}

function Limits({ limits }: { limits: SessionLimits }) {
  const client = useQueryClient();
  const [idle, setIdle] = useState<string | number>(limits.idleMinutes);
  const [hours, setHours] = useState<string | number>(limits.absoluteMinutes / minutesOfHour);
  const save = useMutation({
    mutationFn: () =>
      putLimits({ idleMinutes: Number(idle), absoluteMinutes: Math.round(Number(hours) * minutesOfHour) }),
    onSuccess: async (now) => {
      client.setQueryData(limitsQuery.queryKey, now);
      await toast(t.saved);
    },
  });
  return (
    <Card title={t.limitsTitle} sub={t.limitsSub}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <div className={s.limits}>
          <NumberInput
            size="sm"
            label={t.idle}
            value={idle}
            onChange={setIdle}
            min={5}
            max={43_200}
            w={190}
          />
          <NumberInput
            size="sm"
            label={t.absolute}
            value={hours}
            onChange={setHours}
            min={1}
            max={720}
            w={140}
          />
          <Button type="submit" size="sm" loading={save.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Log() {
  const [group, setGroup] = useState<SecurityGroup>('all');
  const query = useInfiniteQuery(securityLogQuery(group));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h2 className={s.logHead}>{t.logTitle}</h2>
      <div className={ui.toolbar}>
        <div className={ui.views}>
          {(Object.keys(securityActions) as SecurityGroup[]).map((key) => (
            <UnstyledButton
              key={key}
              className={ui.view}
              data-active={key === group}
              aria-pressed={key === group}
              onClick={() => setGroup(key)}
            >
              {t.groups[key]}
            </UnstyledButton>
          ))}
        </div>
        <span className={`${ui.hint} ${ui.spring}`}>{t.logSub}</span>
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && entries.length === 0 && (
        <Empty icon={<IconShieldLock size={24} stroke={1.6} />} title={t.emptyTitle}>
          {t.empty}
        </Empty>
      )}
      {entries.length > 0 && <Rows entries={entries} />}
      {query.hasNextPage && (
        <div className={table.foot}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Rows({ entries }: { entries: AuditEntry[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.logTitle} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.what}</th>
            <th scope="col">{t.columns.at}</th>
            <th scope="col">{t.columns.who}</th>
            <th scope="col">{t.columns.on}</th>
            <th scope="col" className={table.low}>
              {t.columns.detail}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.index}>
              <td>{words(entry.action)}</td>
              <td className={`${table.nowrap} num`}>{instant(entry.at)}</td>
              <td>{entry.actor.name ?? entry.actor.id}</td>
              <td>{entry.subject?.name ?? entry.subject?.id ?? '–'}</td>
              <td className={`${table.low} ${table.mono}`}>{addressOf(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Where it came from, for entries that say so. */
const addressOf = (entry: AuditEntry) => {
  const after = entry.after as { address?: unknown } | null;
  return typeof after?.address === 'string' ? after.address : '–';
};
