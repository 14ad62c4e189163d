import { Checkbox } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { texts } from '@/texts/plans';
import { Notice } from '@/ui/notice';
import { Card, Empty, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import s from './checklists.module.css';
import { useDesk } from './desk';
import { checklistsQuery, tickEntry } from './plans-api';
import type { PlanChecklist } from './types';
import { roleWords } from './words';

const t = texts.checklists;

/** The checklists of a plan, per role and moment. All ticked is ready. */
export default function Checklists() {
  const { customer, plan } = useDesk();
  const client = useQueryClient();
  const { data, error } = useQuery(checklistsQuery(customer, plan.id));
  const { queryKey } = checklistsQuery(customer, plan.id);
  const tick = async (list: PlanChecklist, entry: string, done: boolean) => {
    await client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, (all) =>
      all?.map((one) => (one.id === list.id ? ticked(one, entry, done) : one)),
    );
    try {
      await tickEntry(customer, plan.id, list.id, entry, done);
    } catch (problem) {
      await toast(problem instanceof Error ? problem.message : '', { bad: true });
    }
    await client.invalidateQueries({ queryKey });
  };
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return <div aria-busy="true" role="status" aria-label={texts.plan.loading} />;
  if (data.length === 0)
    return (
      <Empty icon={<IconChecklist size={24} stroke={1.6} />} title={t.noneTitle}>
        {t.none}
      </Empty>
    );
  return (
    <>
      <p className={s.sum}>{t.ready(data.filter((one) => one.ready).length, data.length)}</p>
      <div className={s.lists}>
        {data.map((list) => {
          const done = list.entries.filter((entry) => entry.done).length;
          return (
            <Card
              key={list.id}
              title={list.title}
              sub={[list.role && roleWords(list.role), list.moment && (t.moments[list.moment] ?? list.moment)]
                .filter(Boolean)
                .join(' · ')}
              right={
                list.ready ? (
                  <Pill tone="ok" dot>
                    {t.isReady}
                  </Pill>
                ) : (
                  <Pill>{t.count(done, list.entries.length)}</Pill>
                )
              }
            >
              <div className={s.entries}>
                {list.entries.map((entry) => (
                  <Checkbox
                    key={entry.id}
                    size="xs"
                    label={entry.text}
                    description={entry.done && entry.by ? t.doneBy(entry.by) : undefined}
                    checked={entry.done}
                    onChange={(event) => void tick(list, entry.id, event.currentTarget.checked)}
                  />
                ))}
              </div>
            </Card>
          );
        })}
      </div>
    </>
  );
}

function ticked(list: PlanChecklist, id: string, done: boolean): PlanChecklist {
  const entries = list.entries.map((entry) => (entry.id === id ? { ...entry, done, by: null } : entry));
  return { ...list, entries, ready: entries.every((entry) => entry.done) };
}
