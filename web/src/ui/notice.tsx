import type { ReactNode } from 'react';
import type { Tone } from './primitives';
import s from './ui.module.css';

/** A sentence that must not be missed. `bad` announces itself to a screen reader. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div className={s.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      {children}
    </div>
  );
}
