import { IconPinned } from '@tabler/icons-react';
import { memo } from 'react';
import { dayNumber } from '@/lib/days';
import { dayMonth, longDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Face } from '@/ui/primitives';
import type { Span } from '../types';
import s from './gantt.module.css';
import type { GanttActions, Shown } from './gantt-actions';
import { type GanttItem, type ItemLine, isPoint } from './layout';
import { barOf, type Scale, xOf } from './scale';
import { useDrag } from './use-drag';

const t = texts.gantt;

interface ItemRowProps {
  row: ItemLine;
  index: number;
  scale: Scale;
  span: Span;
  show: Shown;
  isActive: boolean;
  isSelected: boolean;
  isTinted: boolean;
  hasConflict: boolean;
  actions?: GanttActions;
  onPoint: (id: string | undefined) => void;
}

export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { row, span, actions } = props;
  const { item } = row;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's cannot be
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys of all its rows
    <div
      role="row"
      className={s.row}
      data-row-id={row.id}
      data-selected={props.isSelected}
      data-tinted={props.isTinted}
      tabIndex={props.isActive ? 0 : -1}
      aria-level={row.inSeries ? 3 : 2}
      data-in-series={row.inSeries}
      aria-rowindex={props.index}
      aria-selected={props.isSelected}
      style={{ top: row.y, height: row.height }}
      onClick={() => actions?.open(item.id)}
      onPointerEnter={() => props.onPoint(item.id)}
      onPointerLeave={() => props.onPoint(undefined)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div role="rowheader" className={s.left}>
        <span className={s.title} data-state={item.state} data-late={item.late}>
          {item.title}
        </span>
        {item.pinned && <IconPinned size={13} className={s.pin} aria-hidden />}
        {item.owner && (
          <span aria-hidden className={s.face}>
            <Face name={item.owner.name} size={20} />
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div role="gridcell" className={s.lane}>
        <span className="sr">{inWords(item, span)}</span>
        <Drawn {...props} />
      </div>
    </div>
  );
});

/** The row for somebody who does not see it. */
export function inWords(item: GanttItem, span: Span) {
  const words = [
    t.kinds[item.kind],
    item.undated && span.start === item.start
      ? t.noDate
      : span.start === span.finish
        ? longDay(span.start)
        : t.fromTo(longDay(span.start), longDay(span.finish)),
  ];
  if (span.start !== item.start || span.finish !== item.finish)
    words.push(t.tried(longDay(item.start), longDay(item.finish)));
  if (item.state) words.push(texts.states[item.state]);
  if (item.state === 'in-progress') words.push(t.percentDone(item.percentDone ?? 0));
  if (item.late) words.push(t.late);
  if (item.pinned) words.push(t.pinned);
  if (item.critical) words.push(t.onCriticalPath);
  if (item.baselineFinish && item.baselineFinish !== item.finish)
    words.push(t.wasPlanned(longDay(item.baselineFinish)));
  if (item.owner) words.push(t.owner(item.owner.name));
  return words.join(', ');
}

/** Bar or sign, its baseline, and where it was before what is being tried. */
function Drawn(props: ItemRowProps) {
  const { scale, span, show } = props;
  const { item } = props.row;
  const isMoved = span.start !== item.start || span.finish !== item.finish;
  if (item.undated && !isMoved)
    return (
      <span aria-hidden className={s.undated}>
        {t.noDate}
      </span>
    );
  const { baselineStart, baselineFinish } = item;
  const slipped =
    baselineStart && baselineFinish && (baselineStart !== span.start || baselineFinish !== span.finish);
  const base =
    show.baseline && slipped ? barOf(scale, { start: baselineStart, finish: baselineFinish }) : undefined;
  const point = isPoint(item);
  const middle = (day: string) => xOf(scale, dayNumber(day)) + scale.width / 2;
  const was = isMoved && !item.undated ? barOf(scale, item) : undefined;
  return (
    <span aria-hidden>
      {base &&
        (point ? (
          <i className={s.basePoint} style={{ left: middle(baselineFinish ?? item.finish) }} />
        ) : (
          <i className={s.base} style={{ left: base.x + 1, width: base.width - 2 }} />
        ))}
      {was &&
        (point ? (
          <i className={s.wasPoint} data-kind={item.kind} style={{ left: middle(item.finish) }} />
        ) : (
          <i className={s.was} style={{ left: was.x + 1, width: was.width - 2 }} />
        ))}
      {point ? (
        <Sign {...props} x={middle(span.finish)} isMoved={isMoved} />
      ) : (
        <Bar {...props} isMoved={isMoved} />
      )}
    </span>
  );
}

function attributes(props: ItemRowProps & { isMoved: boolean }) {
  const { item } = props.row;
  return {
    'data-kind': item.kind,
    'data-state': item.state ?? 'open',
    'data-critical': props.show.critical && Boolean(item.critical) && item.state !== 'done',
    'data-moved': props.isMoved,
    'data-conflict': props.hasConflict,
    'data-movable': props.actions?.isMovable(item.id) ?? false,
  };
}

function Sign(props: ItemRowProps & { x: number; isMoved: boolean }) {
  const { item } = props.row;
  const drag = useDrag(item.id, 'move', props.scale.width, props.actions);
  const words =
    item.kind === 'meeting'
      ? [item.at, props.scale.width >= 20 ? undefined : dayMonth(props.span.finish)]
      : [dayMonth(props.span.finish)];
  return (
    <>
      <i className={s.sign} {...attributes(props)} style={{ left: props.x }} {...drag} />
      <span className={s.words} style={{ left: props.x + 13 }}>
        {item.state !== 'done' && words.filter(Boolean).join(' ')}
        {item.state !== 'done' && item.baselineFinish && item.baselineFinish !== props.span.finish && (
          <small>{t.was(dayMonth(item.baselineFinish))}</small>
        )}
      </span>
    </>
  );
}

function Bar(props: ItemRowProps & { isMoved: boolean }) {
  const { item } = props.row;
  const bar = barOf(props.scale, props.span);
  const drag = useDrag(item.id, 'move', props.scale.width, props.actions);
  const resize = useDrag(item.id, 'finish', props.scale.width, props.actions);
  const words = [
    item.state === 'in-progress' ? `${item.percentDone} %` : undefined,
    item.effortHours ? texts.hours(item.effortHours) : undefined,
  ];
  return (
    <>
      <i className={s.bar} {...attributes(props)} style={{ left: bar.x + 1, width: bar.width - 2 }} {...drag}>
        {item.state !== 'done' && <i className={s.done} style={{ width: `${item.percentDone ?? 0}%` }} />}
        {props.actions?.isMovable(item.id) && <i className={s.edge} {...resize} />}
      </i>
      <span className={s.words} style={{ left: bar.x + bar.width + 5 }}>
        {item.state !== 'done' && words.filter(Boolean).join(' · ')}
      </span>
    </>
  );
}
