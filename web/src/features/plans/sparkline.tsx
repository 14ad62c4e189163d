import s from './plans.module.css';
import type { PlanProgress } from './types';

const width = 92;
const height = 26;

/** Planned against earned work as two lines; a picture beside a figure that says the same in words. */
export function Sparkline({ curve, today }: { curve: PlanProgress['curve']; today: string }) {
  const x = (at: number) => (at / (curve.length - 1)) * width;
  const y = (share: number) => height - 2 - (Math.min(Math.max(share, 0), 100) / 100) * (height - 4);
  const line = (points: { at: number; value: number }[]) =>
    points
      .map(({ at, value }, n) => `${n === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');
  const planned = curve.map((one, at) => ({ at, value: one.planned }));
  const earned = curve.flatMap((one, at) =>
    one.earned !== null && one.date <= today ? [{ at, value: one.earned }] : [],
  );
  const last = earned.at(-1);
  return (
    <svg className={s.spark} width={width} height={height} aria-hidden="true">
      <path d={line(planned)} data-line="planned" />
      <path d={line(earned)} data-line="earned" />
      {last && <circle cx={x(last.at)} cy={y(last.value)} r={2.5} />}
    </svg>
  );
}
