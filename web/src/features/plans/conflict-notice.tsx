import { Button } from '@mantine/core';
import { texts } from '@/texts/plans';
import { Notice } from '@/ui/notice';
import s from './plans.module.css';
import type { ItemChange, PlanItem } from './types';
import type { ItemConflict } from './use-change-item';

const t = texts.change;

/** Somebody changed the same at the same time: both values, and the reader's decision. */
export function ConflictNotice(props: { conflict: ItemConflict; onTheirs: () => void; onMine: () => void }) {
  const { theirs, change, members, owner } = props.conflict;
  return (
    <div className={s.conflict}>
      <Notice tone="bad">
        {t.overtaken(theirs.title)}
        <dl className={s.both}>
          {members.map((member) => (
            <div key={member}>
              <dt>{t.members[member]}</dt>
              <dd>{t.theirs(theirsOf(theirs, member))}</dd>
              <dd>{t.yours(member === 'owner' ? (owner?.name ?? t.nobody) : mineOf(change, member))}</dd>
            </div>
          ))}
        </dl>
        <span className={s.choice}>
          <Button size="compact-xs" variant="default" onClick={props.onTheirs}>
            {t.keepTheirs}
          </Button>
          <Button size="compact-xs" onClick={props.onMine}>
            {t.redoMine}
          </Button>
        </span>
      </Notice>
    </div>
  );
}

function theirsOf(item: PlanItem, member: keyof ItemChange) {
  if (member === 'owner') return item.owner?.name ?? t.nobody;
  if (member === 'state') return texts.states[item.state];
  if (member === 'checklist') return t.ticks(item.checklist.filter((one) => one.done).length);
  return String(item[member] ?? '–');
}

function mineOf(change: ItemChange, member: keyof ItemChange) {
  if (member === 'state' && change.state) return texts.states[change.state];
  if (member === 'checklist') return t.ticks(change.checklist?.filter((one) => one.done).length ?? 0);
  return String(change[member] ?? '–');
}
