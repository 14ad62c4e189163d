import type { Series, SeriesPoint } from './quality-api';

/** A curve may be asked for over a long time with little in it; beyond this many stretches the ends are left out. */
const mostStretches = 400;

/** So few bars tell nothing; what was before the first is shown too. */
const fewestStretches = 24;

const empty = {
  events: 0,
  faulty: 0,
  late: 0,
  refused: 0,
  repeated: 0,
  latencyP50: null,
  latencyP99: null,
};

/** The stretches of a curve without gaps, from the beginning of the period (or of what was counted) to its end. */
export function stretches(
  series: Series & { scope: { from?: string; to?: string } },
  now: number,
): SeriesPoint[] {
  const step = series.stepSeconds * 1_000;
  const first = series.points[0];
  const last = series.points.at(-1);
  if (!first || !last || step <= 0) return [];
  const origin = Date.parse(first.at);
  const floor = (at: number) => origin + Math.floor((at - origin) / step) * step;
  const { from, to } = series.scope;
  const begin = from ? Math.min(floor(Date.parse(from)), origin) : origin;
  const end =
    from || to ? Math.max(floor((to ? Date.parse(to) : now) - 1), Date.parse(last.at)) : Date.parse(last.at);
  const early = Math.min(begin, end - (fewestStretches - 1) * step);
  const points = new Map(series.points.map((point) => [Date.parse(point.at), point]));
  const found: SeriesPoint[] = [];
  for (let at = from ? begin : early; at <= end && found.length < mostStretches; at += step) {
    found.push(points.get(at) ?? { at: new Date(at).toISOString(), ...empty });
  }
  return found;
}
