import type { CSSProperties, ReactNode } from 'react';
import { initials, toneOf } from '@/lib/format';
import s from './ui.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'accent' | 'mute';

/** A word with a tone. `dot` puts a point before it, `plain` leaves out the background, `ink` keeps the text dark. */
export function Pill(props: {
  tone?: Tone;
  dot?: boolean;
  plain?: boolean;
  ink?: boolean;
  children: ReactNode;
}) {
  const tone = props.tone ?? 'mute';
  return (
    <span className={`${s.pill} ${props.plain ? s.plain : ''} ${props.ink ? s.ink : ''}`} data-tone={tone}>
      {props.dot && <span className={s.dot} data-tone={tone} aria-hidden />}
      {props.children}
    </span>
  );
}

export function Face({ name, size = 22 }: { name: string; size?: number }) {
  return (
    <span
      className={s.avatar}
      data-tone={toneOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      role="img"
      aria-label={name}
    >
      {initials(name)}
    </span>
  );
}

/** The square mark of a customer, the same colour wherever it appears. */
export function Mark({ name, size = 28 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden
      className={s.avatar}
      data-tone={toneOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.39, borderRadius: size * 0.26 }}
    >
      {initials(name)}
    </span>
  );
}

export function Card(props: {
  title?: ReactNode;
  sub?: ReactNode;
  right?: ReactNode;
  children: ReactNode;
  style?: CSSProperties;
  pad?: boolean;
}) {
  return (
    <section className={s.card} style={props.style}>
      {props.title && (
        <div className={s.cardHead}>
          <div style={{ minWidth: 0, flex: 1 }}>
            <h2 className={s.cardTitle}>{props.title}</h2>
            {props.sub && <div className={s.cardSub}>{props.sub}</div>}
          </div>
          {props.right}
        </div>
      )}
      <div style={props.pad === false ? undefined : { padding: 16 }}>{props.children}</div>
    </section>
  );
}

/** What a screen says when it has nothing: what would be here, and the next step. */
export function Empty(props: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** It is the whole page, so its title is the page's. */
  whole?: boolean;
}) {
  const Title = props.whole ? 'h1' : 'h2';
  return (
    <div className={s.empty}>
      <div className={s.emptyIcon} aria-hidden>
        {props.icon}
      </div>
      <Title className={s.emptyTitle}>{props.title}</Title>
      <div className={s.emptyText}>{props.children}</div>
      {props.actions && <div className={s.emptyActions}>{props.actions}</div>}
    </div>
  );
}

export function PageHead(props: { title: ReactNode; sub?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={s.head}>
      <div style={{ flex: 1, minWidth: 180 }}>
        <h1 className={s.title}>{props.title}</h1>
        {props.sub && <div className={s.sub}>{props.sub}</div>}
      </div>
      {props.actions && <div className={`${s.headActions} no-print`}>{props.actions}</div>}
    </header>
  );
}

/** Three stones, one on the other. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <span className={s.logo} style={{ width: size, height: size, borderRadius: size * 0.27 }} aria-hidden>
      <svg aria-hidden="true" width={size * 0.76} height={size * 0.76} viewBox="4 4 24 24" fill="#fff">
        <ellipse cx="16" cy="23.2" rx="9" ry="3.6" />
        <ellipse cx="16.6" cy="16" rx="6.6" ry="3" />
        <ellipse cx="15.6" cy="9.8" rx="4" ry="2.4" />
      </svg>
    </span>
  );
}
