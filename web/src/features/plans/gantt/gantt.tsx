import { useElementSize } from '@mantine/hooks';
import { type CSSProperties, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { dayNumber, isoDay } from '@/lib/days';
import { longDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import s from './gantt.module.css';
import type { GanttProps } from './gantt-actions';
import { GroupRow } from './gantt-group';
import { GanttHead } from './gantt-head';
import { ItemRow } from './gantt-row';
import { type GanttItem, headHeight, type Row, rowsOf, visibleRows } from './layout';
import { linksOf } from './links';
import { barOf, dayAt, daysIn, daysWithToday, isHoliday, type Scale, scaleOf, xOf } from './scale';
import { useRowKeys } from './use-row-keys';

const t = texts.gantt;
const leftWide = 292;
const leftSmall = 200;
const smallRoom = 720;
const itself = (item: GanttItem) => item;

/**
 * A plan over its days. Each line is a row of one grid: the arrows go from row to row, and on a row they move the work.
 * What is drawn is hidden from a screen reader, which is told the dates of each row in words.
 */
export function Gantt(props: GanttProps) {
  const { items, phases, show, why } = props;
  const spanOf = props.spanOf ?? itself;
  const [toggled, setToggled] = useState(() => finishedPhases(items));
  const [pointed, setPointed] = useState<string>();
  const [top, setTop] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const { ref: windowRef, height: windowHeight } = useElementSize();
  const left = props.room < smallRoom ? leftSmall : leftWide;
  const days = useMemo(() => daysWithToday(items, props.today), [items, props.today]);
  const scale = useMemo(
    () => scaleOf(days, props.room - left - 2, props.zoom),
    [days, props.room, left, props.zoom],
  );
  const { rows, height } = useMemo(() => rowsOf(items, phases, toggled), [items, phases, toggled]);
  const toggle = (row: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(row)) after.add(row);
      return after;
    });
  const keys = useRowKeys({ rows, scroller, actions: props.actions, toggle });
  const drawn = visibleRows(rows, top, windowHeight, keys.active);
  useStart(scroller, { scale, rows, left, today: props.today, selected: props.selected });
  useFollow(scroller, keys.active, scale, left, spanOf, rows);

  const tellDay = (event: PointerEvent<HTMLElement>) => {
    const box = scroller.current;
    if (!box || !readout.current) return;
    const x = event.clientX - box.getBoundingClientRect().left + box.scrollLeft - left;
    const day = dayAt(scale, x);
    readout.current.textContent = x < 0 ? '' : [longDay(isoDay(day)), why(day)].filter(Boolean).join(', ');
  };

  return (
    <div
      className={s.scroll}
      ref={(element) => {
        scroller.current = element;
        windowRef(element);
      }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onPointerMove={tellDay}
      onPointerLeave={() => {
        if (readout.current) readout.current.textContent = '';
      }}
    >
      <div
        className={s.grid}
        role="treegrid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={2}
        style={
          {
            '--left': `${left}px`,
            '--lane': `${daysIn(scale).length * scale.width}px`,
            '--head': `${headHeight}px`,
          } as CSSProperties
        }
      >
        <GanttHead scale={scale} today={props.today} why={why} readout={readout} />
        <Background scale={scale} height={height} {...props} />
        <Links
          scale={scale}
          rows={drawn}
          height={height}
          spanOf={spanOf}
          pointed={pointed ?? props.selected}
          show={show}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's cannot be */}
        <div
          role="rowgroup"
          className={s.body}
          style={{ height }}
          onKeyDown={keys.onKeyDown}
          onFocus={keys.onFocus}
        >
          {drawn.map((row) =>
            row.kind !== 'item' ? (
              <GroupRow
                key={row.id}
                row={row}
                index={rows.indexOf(row) + 2}
                scale={scale}
                spanOf={spanOf}
                isStored={props.actions !== undefined}
                isActive={keys.active === row.id}
                onToggle={() => toggle(row.id)}
                onOpen={props.actions?.open}
              />
            ) : (
              <ItemRow
                key={row.id}
                row={row}
                index={rows.indexOf(row) + 2}
                scale={scale}
                span={spanOf(row.item)}
                show={show}
                isActive={keys.active === row.id}
                isSelected={props.selected === row.id}
                isTinted={props.tinted?.has(row.id) ?? false}
                hasConflict={props.conflicts?.has(row.id) ?? false}
                actions={props.actions}
                onPoint={setPointed}
              />
            ),
          )}
        </div>
      </div>
      {rows.length === 0 && <p className={s.nothing}>{t.nothing}</p>}
    </div>
  );
}

/** Phases in which all is done are folded at first, as long as another is not: the eye lands on what is now. */
function finishedPhases(items: readonly GanttItem[]): ReadonlySet<string> {
  const isOver = (item: GanttItem) => item.state === 'done' || item.state === 'cancelled';
  const open = new Set(items.filter((item) => !isOver(item)).map((item) => item.phase));
  return open.size === 0
    ? new Set()
    : new Set(items.filter((item) => !open.has(item.phase)).map((item) => `phase:${item.phase}`));
}

/** A plan that is larger than its window begins with the item that is open, else with today. */
function useStart(
  scroller: { current: HTMLDivElement | null },
  start: { scale: Scale; rows: readonly Row[]; left: number; today?: string; selected?: string },
) {
  const first = useRef(start);
  const { from, width } = start.scale;
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const { rows, left, today, selected } = first.current;
    const row = rows.find((one) => one.id === selected);
    const day = row?.kind === 'item' ? row.item.start : today;
    const room = box.clientWidth - left;
    if (day) box.scrollLeft = Math.max(0, (dayNumber(day) - from) * width - room / 3);
    if (row) box.scrollTop = Math.max(0, row.y - box.clientHeight / 3);
  }, [scroller, from, width]);
}

/** What the keys move stays in view. */
function useFollow(
  scroller: { current: HTMLDivElement | null },
  active: string | undefined,
  scale: Scale,
  left: number,
  spanOf: NonNullable<GanttProps['spanOf']>,
  rows: readonly Row[],
) {
  const row = rows.find((one) => one.id === active);
  const span = row?.kind === 'item' ? spanOf(row.item) : undefined;
  const x = span && barOf(scale, span).x;
  const end = span && barOf(scale, span).x + barOf(scale, span).width;
  useEffect(() => {
    const box = scroller.current;
    if (!box || x === undefined || end === undefined || !box.querySelector('[data-row-id]:focus')) return;
    const room = box.clientWidth - left;
    if (end > box.scrollLeft + room || x < box.scrollLeft) box.scrollLeft = Math.max(0, x - room / 3);
  }, [scroller, x, end, left]);
}

/** Closed days, the beginnings of weeks, and today. */
function Background(props: GanttProps & { scale: Scale; height: number }) {
  const { scale, why, today } = props;
  const { from, to, width } = scale;
  const closed = useMemo(() => {
    const stretches: { day: number; days: number; named: boolean }[] = [];
    for (let day = from; day <= to; day++) {
      if (why(day) === null) continue;
      const last = stretches.at(-1);
      const named = isHoliday(day);
      if (last && last.day + last.days === day && last.named === named) last.days++;
      else stretches.push({ day, days: 1, named });
    }
    return stretches;
  }, [from, to, why]);
  return (
    <div className={s.back} style={{ height: props.height }} aria-hidden>
      {closed.map((one) => (
        <i
          key={one.day}
          className={s.closed}
          data-named={one.named}
          style={{ left: xOf(scale, one.day), width: one.days * width }}
        />
      ))}
      {today && dayNumber(today) >= from && dayNumber(today) <= to && (
        <i className={s.today} style={{ left: xOf(scale, dayNumber(today)) + width / 2 }} />
      )}
    </div>
  );
}

function Links(props: {
  scale: Scale;
  rows: readonly Row[];
  height: number;
  spanOf: NonNullable<GanttProps['spanOf']>;
  pointed?: string;
  show: GanttProps['show'];
}) {
  const { pointed, show } = props;
  const links = linksOf(props.rows, props.scale, props.spanOf).filter(
    (link) =>
      link.from === pointed ||
      link.to === pointed ||
      (!link.finished && ((show.critical && link.critical) || show.links)),
  );
  return (
    <svg
      className={s.links}
      width={daysIn(props.scale).length * props.scale.width}
      height={props.height}
      aria-hidden="true"
    >
      {links.map((link) => (
        <path
          key={link.key}
          d={link.path}
          data-critical={show.critical && link.critical}
          data-pointed={link.from === pointed || link.to === pointed}
        />
      ))}
    </svg>
  );
}
