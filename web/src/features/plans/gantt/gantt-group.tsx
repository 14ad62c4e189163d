import { IconChevronDown } from '@tabler/icons-react';
import { dayNumber } from '@/lib/days';
import { longDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import s from './gantt.module.css';
import type { GanttProps } from './gantt-actions';
import { type PhaseLine, percentOf, type SeriesLine, spanOf as spanOfAll } from './layout';
import { barOf, type Scale, xOf } from './scale';

const t = texts.gantt;

interface GroupRowProps {
  row: PhaseLine | SeriesLine;
  index: number;
  scale: Scale;
  spanOf: NonNullable<GanttProps['spanOf']>;
  /** A preview has done nothing yet, which goes without saying. */
  isStored: boolean;
  isActive: boolean;
  onToggle: () => void;
  onOpen?: (id: string) => void;
}

/** A phase as one long bar, or a meeting that repeats as a line of signs; what is in it can be folded away. */
export function GroupRow(props: GroupRowProps) {
  const { row } = props;
  const span = spanOfAll(row.items.map(props.spanOf));
  const percent = Math.round(percentOf(row.items));
  const isPhase = row.kind === 'phase';
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table's cannot be
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys of all its rows
    <div
      role="row"
      className={`${s.row} ${isPhase ? s.phase : ''}`}
      data-row-id={row.id}
      tabIndex={props.isActive ? 0 : -1}
      aria-level={isPhase ? 1 : 2}
      aria-rowindex={props.index}
      aria-expanded={row.isOpen}
      style={{ top: row.y, height: row.height }}
      onClick={props.onToggle}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div role="rowheader" className={s.left}>
        <IconChevronDown size={14} className={s.chevron} data-folded={!row.isOpen} aria-hidden />
        <span className={isPhase ? s.name : s.seriesName}>{row.title}</span>
        <span className={`${s.percent} num`}>
          {isPhase && props.isStored && <span aria-hidden>{percent} %</span>}
          {isPhase && props.isStored && <span className="sr">{t.percentDone(percent)}</span>}
          {!isPhase && t.times(row.items.length)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div role="gridcell" className={s.lane}>
        {span && <span className="sr">{t.fromTo(longDay(span.start), longDay(span.finish))}</span>}
        {span && isPhase && <Summary scale={props.scale} span={span} percent={percent} />}
        {!isPhase && <Signs {...props} row={row} />}
      </div>
    </div>
  );
}

function Summary(props: { scale: Scale; span: { start: string; finish: string }; percent: number }) {
  const bar = barOf(props.scale, props.span);
  return (
    <i className={s.summary} style={{ left: bar.x + 1, width: bar.width - 2 }} aria-hidden>
      <i style={{ width: `${props.percent}%` }} />
    </i>
  );
}

/** Each meeting of a series on its day; one that is pressed opens. With the keyboard the series is unfolded first. */
function Signs(props: GroupRowProps & { row: SeriesLine }) {
  const { scale, row, onOpen } = props;
  return (
    <span aria-hidden>
      {row.items.map((item) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the unfolded rows are the keyboard's way
        // biome-ignore lint/a11y/useKeyWithClickEvents: the unfolded rows are the keyboard's way
        <i
          key={item.id}
          className={s.sign}
          data-kind={item.kind}
          data-state={item.state ?? 'open'}
          style={{ left: xOf(scale, dayNumber(props.spanOf(item).finish)) + scale.width / 2 }}
          onClick={(event) => {
            if (!onOpen) return;
            event.stopPropagation();
            onOpen(item.id);
          }}
        />
      ))}
    </span>
  );
}
