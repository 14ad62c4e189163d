import type { RefObject } from 'react';
import { dayNumber, isoDay, type WhyClosed } from '@/lib/days';
import { dayMonth, dayOfMonth, shortMonth } from '@/lib/format';
import { texts } from '@/texts/plans';
import grid from './gantt.module.css';
import s from './gantt-head.module.css';
import { isHoliday, lowerTicks, type Scale, upperTicks, xOf } from './scale';

const t = texts.gantt;

/** The dates above the lines, and what day the pointer is at. */
export function GanttHead(props: {
  scale: Scale;
  today?: string;
  why: WhyClosed;
  readout: RefObject<HTMLSpanElement | null>;
}) {
  const { scale, why } = props;
  const today = props.today ? dayNumber(props.today) : undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's cannot be
    // biome-ignore lint/a11y/useFocusableInteractive: a heading is no stop of the keyboard
    <div role="row" aria-rowindex={1} className={s.headRow}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="columnheader" className={`${grid.left} ${s.headLeft}`}>
        <span>{t.column}</span>
        <span ref={props.readout} className={s.readout} aria-hidden />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="columnheader" className={grid.lane}>
        <span className="sr">{t.dates}</span>
        {upperTicks(scale).map((tick) => (
          <span key={tick.day} className={s.upper} style={{ left: xOf(scale, tick.day) }} aria-hidden>
            {tick.kind === 'week' ? dayMonth(isoDay(tick.day)) : shortMonth(isoDay(tick.day))}
          </span>
        ))}
        {lowerTicks(scale).map((tick) => (
          <span
            key={tick.day}
            className={s.lower}
            data-today={tick.day === today}
            data-closed={why(tick.day) !== null}
            data-holiday={tick.kind === 'day' && why(tick.day) !== null && isHoliday(tick.day)}
            title={why(tick.day) ?? undefined}
            style={{ left: xOf(scale, tick.day), width: Math.max(scale.width, 18) }}
            aria-hidden
          >
            <i>{dayOfMonth(isoDay(tick.day))}</i>
          </span>
        ))}
        {today !== undefined && scale.width < 20 && today >= scale.from && today <= scale.to && (
          <span
            className={s.lower}
            data-today
            style={{ left: xOf(scale, today) + scale.width / 2 - 9, width: 18 }}
            aria-hidden
          >
            <i>{dayOfMonth(isoDay(today))}</i>
          </span>
        )}
      </div>
    </div>
  );
}
