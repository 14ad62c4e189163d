import { Button } from '@mantine/core';
import { IconPinned, IconPinnedOff } from '@tabler/icons-react';
import { businessDaysBetween, dayNumber } from '@/lib/days';
import { longDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { DayInput } from './day-input';
import { useDesk } from './desk';
import { isMovable } from './draft';
import s from './item-panel.module.css';
import type { PlanItem } from './types';

const t = texts.item;

/** The dates as fields: what is typed here is tried first, exactly as if it were dragged. */
export function ItemDates({ item }: { item: PlanItem }) {
  const { spanOf, draft, why } = useDesk();
  const span = spanOf(item);
  const movable = isMovable(item);
  const asked = draft.changes.find((one) => 'pinned' in one && one.item === item.id);
  const pinned = asked && 'pinned' in asked ? asked.pinned : item.pinned;
  const days = businessDaysBetween(dayNumber(span.start), dayNumber(span.finish), why);
  const closed = [span.start, span.finish].map((day) => why(dayNumber(day))).find(Boolean);
  const isPoint = item.workingDays === 0;
  const isUndated = item.undated && span.start === item.start && span.finish === item.finish;
  return (
    <section className={s.part} aria-label={t.dates}>
      <h3 className={s.partTitle}>{t.dates}</h3>
      <div className={s.fields}>
        <DayInput
          size="xs"
          label={isPoint ? t.on : t.start}
          disabled={!movable}
          value={isUndated ? '' : span.start}
          onDay={(start) => draft.propose({ item: item.id, start }, item)}
        />
        {!isPoint && (
          <DayInput
            size="xs"
            label={t.finish}
            disabled={!movable}
            value={isUndated ? '' : span.finish}
            onDay={(finish) => draft.propose({ item: item.id, finish }, item)}
          />
        )}
      </div>
      <p className={s.note}>
        {isUndated ? t.undated : !isPoint && t.workingDays(days)}
        {item.at && ` ${t.at(item.at, item.minutes)}`}
        {closed && !isUndated && <b> {t.closedDay(closed)}</b>}
        {item.baselineFinish &&
          item.baselineFinish !== item.finish &&
          ` ${t.baseline(longDay(item.baselineFinish))}`}
        {!movable && ` ${t.fixed}`}
      </p>
      {movable && (
        <Button
          variant="default"
          size="compact-xs"
          aria-pressed={pinned}
          leftSection={pinned ? <IconPinnedOff size={13} /> : <IconPinned size={13} />}
          onClick={() => draft.propose({ item: item.id, pinned: !pinned }, item)}
        >
          {pinned ? t.unpin : t.pin}
        </Button>
      )}
    </section>
  );
}
