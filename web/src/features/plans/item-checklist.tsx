import { Checkbox } from '@mantine/core';
import { texts } from '@/texts/plans';
import { useDesk } from './desk';
import s from './item-panel.module.css';
import type { PlanItem } from './types';

const t = texts.item;

export function ItemChecklist({ item }: { item: PlanItem }) {
  const { change } = useDesk();
  const done = item.checklist.filter((entry) => entry.done).length;
  return (
    <section className={s.part} aria-label={t.checklist}>
      <h3 className={s.partTitle}>
        {t.checklist} <span>{t.checked(done, item.checklist.length)}</span>
      </h3>
      <div className={s.checks}>
        {item.checklist.map((entry) => (
          <Checkbox
            key={entry.id}
            size="xs"
            label={entry.text}
            checked={entry.done}
            onChange={(event) =>
              void change(item, { checklist: [{ id: entry.id, done: event.currentTarget.checked }] })
            }
          />
        ))}
      </div>
    </section>
  );
}
