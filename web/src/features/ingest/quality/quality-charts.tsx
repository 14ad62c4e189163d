import { count, day, instant, shortCount } from '@/lib/format';
import { texts } from '@/texts/quality';
import { Card } from '@/ui/primitives';
import { TimeChart } from '@/ui/time-chart';
import { durationText } from './figures';
import s from './quality.module.css';
import type { SeriesPoint } from './quality-api';
import type { QualitySearch } from './quality-search';

const t = texts.charts;
const dayS = 86_400;
const hourS = 3_600;

const stepText = (seconds: number) =>
  seconds < hourS
    ? t.steps.minutes(seconds / 60)
    : seconds < dayS
      ? t.steps.hours(seconds / hourS)
      : t.steps.days(seconds / dayS);

interface Chart {
  points: SeriesPoint[];
  zone: string | null;
}

/** Days are days in UTC, as the server counts them; anything shorter is shown in the customer's zone. */
const timeText = (zone: string | null, step: number) => (at: string) =>
  step >= dayS ? day(at) : instant(at, zone);

export function VolumeChart(
  props: Chart & { step: number; onSearch: (change: Partial<QualitySearch>) => void },
) {
  const { points, step } = props;
  const events = points.reduce((sum, point) => sum + point.events, 0);
  return (
    <Card title={t.volume} sub={t.volumeSub(stepText(step))}>
      <TimeChart
        kind="bars"
        times={points.map((point) => point.at)}
        series={[
          { name: t.fine, tone: 'accent', values: points.map((point) => point.events - point.faulty) },
          { name: t.faulty, tone: 'warn', values: points.map((point) => point.faulty) },
          { name: t.refused, tone: 'bad', values: points.map((point) => point.refused) },
        ]}
        label={t.volumeLabel(count(events), points.length)}
        format={shortCount}
        formatTime={timeText(props.zone, step)}
        onPick={(at) => {
          const from = points[at]?.at;
          if (from)
            props.onSearch({
              from: new Date(from).toISOString(),
              to: new Date(Date.parse(from) + step * 1_000).toISOString(),
            });
        }}
      />
    </Card>
  );
}

export function LatencyChart(props: Chart) {
  const { points } = props;
  const step =
    points.length > 1 ? (Date.parse(points[1]?.at ?? '') - Date.parse(points[0]?.at ?? '')) / 1_000 : 0;
  const counted = points.some((point) => point.latencyP99 !== null);
  return (
    <Card title={t.latency} sub={t.latencySub}>
      {counted ? (
        <TimeChart
          kind="lines"
          times={points.map((point) => point.at)}
          series={[
            { name: t.p50, tone: 'accent', values: points.map((point) => point.latencyP50) },
            { name: t.p99, tone: 'warn', values: points.map((point) => point.latencyP99) },
          ]}
          label={t.latencyLabel}
          format={durationText}
          formatTime={timeText(props.zone, step)}
        />
      ) : (
        <p className={s.missing}>{t.noLatency}</p>
      )}
    </Card>
  );
}
