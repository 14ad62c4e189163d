import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { useDesk } from './desk';
import s from './item-panel.module.css';
import { timeEntriesQuery } from './plans-api';
import { TimeInput } from './time-input';
import type { PlanItem } from './types';
import { useLogTime } from './use-log-time';

const t = texts.time;

/** The time that went into an item, and more of it. */
export function ItemTime({ item }: { item: PlanItem }) {
  const { customer, plan, today } = useDesk();
  const { data = [] } = useQuery(timeEntriesQuery(customer, plan.id));
  const { log, remove } = useLogTime(customer, plan.id);
  const entries = data.filter((entry) => entry.item === item.id);
  return (
    <section className={s.part} aria-label={t.title}>
      <h3 className={s.partTitle}>
        {t.title}{' '}
        <span>
          {t.of(texts.hours(item.loggedHours), item.effortHours ? texts.hours(item.effortHours) : null)}
        </span>
      </h3>
      <TimeInput what={item.title} onLog={(hours) => log(item, hours, today)} />
      {entries.length > 0 && (
        <ul className={s.links}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <span className={s.linkText}>
                <span className="num">
                  {texts.hours(entry.hours)} · {weekdayDay(entry.date)}
                </span>
                <small>{[entry.by?.name, entry.note].filter(Boolean).join(' · ')}</small>
              </span>
              <ActionIcon
                size="sm"
                aria-label={t.remove(texts.hours(entry.hours), weekdayDay(entry.date))}
                onClick={() => void remove(entry.id)}
              >
                <IconTrash size={14} stroke={1.7} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
