import type { ReactNode } from 'react';
import { Notice } from '@/ui/notice';
import { Logo } from '@/ui/primitives';
import s from './entrance.module.css';

/** The page before the application: brand, one form, nothing else. */
export function Entrance(props: { title: string; sub: string; error?: string | null; children: ReactNode }) {
  return (
    <main className={s.page}>
      <div className={s.box}>
        <Logo size={40} />
        <h1 className={s.title}>{props.title}</h1>
        <p className={s.sub}>{props.sub}</p>
        {props.error && (
          <div className={s.notice}>
            <Notice tone="bad">{props.error}</Notice>
          </div>
        )}
        {props.children}
      </div>
    </main>
  );
}
