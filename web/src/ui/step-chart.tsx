import { useElementSize } from '@mantine/hooks';
import s from './charts.module.css';

const height = 140;
const top = 18;
const bottom = 20;

export interface StepPoint {
  at: number;
  value: number;
}

/**
 * A value that holds until it changes, over time. What comes after `mark` is drawn faintly. A picture: the controls
 * beside it are the keyboard's way, and `label` says in words what it shows.
 */
export function StepChart(props: {
  points: StepPoint[];
  from: number;
  to: number;
  mark?: number;
  label: string;
  format: (value: number) => string;
  formatTime: (at: number) => string;
}) {
  const { ref, width } = useElementSize();
  const { points, from } = props;
  const to = Math.max(props.to, from + 1);
  const least = Math.min(0, ...points.map((point) => point.value));
  const most = Math.max(least + 1, ...points.map((point) => point.value));
  const x = (at: number) => ((at - from) / (to - from)) * width;
  const y = (value: number) => top + (1 - (value - least) / (most - least)) * (height - top - bottom);
  const path = points
    .map((point, n) =>
      n === 0
        ? `M${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`
        : `H${x(point.at).toFixed(1)}V${y(point.value).toFixed(1)}`,
    )
    .join('');
  const line = `${path}H${width}`;
  const mark = props.mark === undefined ? width : Math.min(Math.max(x(props.mark), 0), width);
  const marked =
    props.mark === undefined ? undefined : points.findLast((point) => point.at <= (props.mark ?? 0));
  return (
    <div ref={ref} className={s.step}>
      {width > 0 && points.length > 0 && (
        <svg width={width} height={height} role="img" aria-label={props.label}>
          <line x1={0} x2={width} y1={y(0)} y2={y(0)} className={s.axis} />
          <text x={0} y={height - 5} className={s.tick}>
            {props.formatTime(from)}
          </text>
          <text x={width} y={height - 5} className={s.tick} textAnchor="end">
            {props.formatTime(to)}
          </text>
          <text x={width} y={y(most) - 5} className={s.tick} textAnchor="end">
            {props.format(most)}
          </text>
          <path d={line} className={s.later} />
          <svg aria-hidden="true" x={0} y={0} width={mark} height={height}>
            <path d={`${line}V${y(0)}H${x(points[0]?.at ?? from)}Z`} className={s.area} />
            <path d={line} className={s.line} />
          </svg>
          {props.mark !== undefined && (
            <>
              <line x1={mark} x2={mark} y1={top - 6} y2={height - bottom} className={s.mark} />
              {marked && <circle cx={mark} cy={y(marked.value)} r={4} className={s.point} />}
            </>
          )}
        </svg>
      )}
    </div>
  );
}
