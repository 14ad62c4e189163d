import s from './charts.module.css';
import type { ChartTone } from './time-chart';

/** A share from 0 to 1 as a bar, with its text beside it. */
export function ShareBar({ share, text, tone = 'ok' }: { share: number; text: string; tone?: ChartTone }) {
  return (
    <span className={s.share}>
      <span className={s.track} aria-hidden>
        <span className={s.fill} data-tone={tone} style={{ width: `${share * 100}%` }} />
      </span>
      {text}
    </span>
  );
}
