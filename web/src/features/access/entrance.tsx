import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
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
          <Alert color="red" variant="light" mb={16} role="alert">
            {props.error}
          </Alert>
        )}
        {props.children}
      </div>
    </main>
  );
}
