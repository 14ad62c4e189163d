import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useState } from 'react';
import s from './charts.module.css';

const top = 12;
const bottom = 20;
const height = 168;
const fewTicks = 5;

export type ChartTone = 'accent' | 'ok' | 'warn' | 'bad' | 'info' | 'mute';

export interface ChartSeries {
  name: string;
  tone: ChartTone;
  /** One value a stretch; null where there is none. */
  values: (number | null)[];
}

/**
 * Values by stretches of time, as stacked bars or as lines. The whole chart is one stop of the keyboard: the arrows go
 * from stretch to stretch, Enter picks one, and what it holds is read out.
 */
export function TimeChart(props: {
  kind: 'bars' | 'lines';
  /** The beginning of each stretch. */
  times: string[];
  series: ChartSeries[];
  label: string;
  format: (value: number) => string;
  formatTime: (at: string) => string;
  onPick?: (stretch: number) => void;
}) {
  const { ref, width } = useElementSize();
  const { times, series, format } = props;
  const [active, setActive] = useState<number>();
  const last = times.length - 1;
  const at = active === undefined ? undefined : Math.min(active, last);
  const most = scaleOf(props);
  const x = (stretch: number) => (stretch / times.length) * width;
  const y = (value: number) => top + (1 - value / most) * (height - top - bottom);
  const reading =
    at === undefined
      ? ''
      : [
          props.formatTime(times[at] ?? ''),
          ...series.map((one) => {
            const value = one.values[at];
            return `${one.name} ${value === null || value === undefined ? '–' : format(value)}`;
          }),
        ].join(' · ');
  const onKey = (event: KeyboardEvent) => {
    const here = at ?? last;
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(Math.min(Math.max(to, 0), last));
    } else if (event.key === 'Enter' && at !== undefined) props.onPick?.(at);
  };
  const stretchAt = (clientX: number, element: Element) =>
    Math.min(
      Math.max(Math.floor(((clientX - element.getBoundingClientRect().left) / width) * times.length), 0),
      last,
    );
  return (
    <div>
      <div className={s.legend}>
        {series.map((one) => (
          <span key={one.name}>
            <i className={s.swatch} data-tone={one.tone} aria-hidden />
            {one.name}
          </span>
        ))}
        <span className={s.reading}>{reading}</span>
      </div>
      <div
        ref={ref}
        className={s.chart}
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={reading || props.label}
        data-pick={props.onPick ? true : undefined}
        onKeyDown={onKey}
        onBlur={() => setActive(undefined)}
        onPointerMove={(event) => setActive(stretchAt(event.clientX, event.currentTarget))}
        onPointerLeave={() => setActive(undefined)}
        onClick={(event) => props.onPick?.(stretchAt(event.clientX, event.currentTarget))}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            <line x1={0} x2={width} y1={y(0)} y2={y(0)} className={s.axis} />
            <line x1={0} x2={width} y1={y(most)} y2={y(most)} className={s.grid} />
            <text x={0} y={y(most) - 3} className={s.tick}>
              {format(most)}
            </text>
            {ticksOf(times.length, width).map((stretch) => (
              <text
                key={stretch}
                x={stretch === last ? width : x(stretch)}
                y={height - 5}
                className={s.tick}
                textAnchor={stretch === last ? 'end' : stretch === 0 ? 'start' : 'middle'}
              >
                {props.formatTime(times[stretch] ?? '')}
              </text>
            ))}
            {at !== undefined && (
              <rect
                x={x(at)}
                y={top}
                width={width / times.length}
                height={height - top - bottom}
                className={s.active}
              />
            )}
            {props.kind === 'bars' ? (
              <Bars series={series} x={x} y={y} />
            ) : (
              series.map((one) => <Line key={one.name} series={one} x={(n) => x(n + 0.5)} y={y} />)
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

function scaleOf(props: { kind: 'bars' | 'lines'; times: string[]; series: ChartSeries[] }) {
  const sums = props.times.map((_, stretch) => {
    const values = props.series.map((one) => one.values[stretch] ?? 0);
    return props.kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
  });
  return Math.max(1, ...sums);
}

function ticksOf(stretches: number, width: number) {
  // A date and time is about 125 pixels wide; the first and the last stand at the edges, the others in the middle.
  const room = 200;
  const wanted = Math.max(2, Math.min(fewTicks, Math.floor(width / room) + 1, stretches));
  if (stretches === 1) return [0];
  return [...Array(wanted).keys()].map((tick) => Math.round((tick / (wanted - 1)) * (stretches - 1)));
}

function Bars(props: {
  series: ChartSeries[];
  x: (stretch: number) => number;
  y: (value: number) => number;
}) {
  const { series, x, y } = props;
  const first = series[0]?.values ?? [];
  const gap = x(1) - x(0) > 4 ? 1 : 0;
  return first.map((_, stretch) => {
    let below = 0;
    return series.map((one) => {
      const value = one.values[stretch] ?? 0;
      if (value === 0) return null;
      const from = y(below);
      below += value;
      // A few faults among thousands would be thinner than a pixel; they are what the chart is looked at for.
      const tall = Math.max(from - y(below), 1.5);
      return (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name
          key={`${one.name}${stretch}`}
          x={x(stretch) + gap}
          y={from - tall}
          width={Math.max(x(1) - x(0) - 2 * gap, 1)}
          height={tall}
          rx={gap}
          className={s.bar}
          data-tone={one.tone}
        />
      );
    });
  });
}

function Line(props: { series: ChartSeries; x: (stretch: number) => number; y: (value: number) => number }) {
  const { series, x, y } = props;
  let pen = 'M';
  let path = '';
  const lone: number[] = [];
  series.values.forEach((value, stretch) => {
    if (value === null) pen = 'M';
    else {
      path += `${pen}${x(stretch).toFixed(1)},${y(value).toFixed(1)}`;
      pen = 'L';
      if ((series.values[stretch - 1] ?? null) === null && (series.values[stretch + 1] ?? null) === null)
        lone.push(stretch);
    }
  });
  return (
    <>
      <path d={path} className={s.curve} data-tone={series.tone} />
      {lone.map((stretch) => (
        <circle
          key={stretch}
          cx={x(stretch)}
          cy={y(series.values[stretch] ?? 0)}
          r={3}
          className={s.bar}
          data-tone={series.tone}
        />
      ))}
    </>
  );
}
