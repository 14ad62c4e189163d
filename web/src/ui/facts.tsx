import { Fragment, type ReactNode } from 'react';
import s from './ui.module.css';

/** Names and values in two columns; a fact that is missing says so with a dash. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className={s.facts}>
      {rows.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Figures side by side, each with its name above and one remark below. */
export function Figures({ items }: { items: { label: string; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <div className={s.figures}>
      {items.map((item) => (
        <div key={item.label} className={s.figure}>
          <div className={s.figureLabel}>{item.label}</div>
          <div className={s.figureValue}>{item.value}</div>
          <div className={s.figureNote}>{item.note}</div>
        </div>
      ))}
    </div>
  );
}
