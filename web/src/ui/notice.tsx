import type { ReactNode } from 'react';
import s from './parts.module.css';
import type { Tone } from './primitives';

/** A sentence that must not be missed. `bad` announces itself to a screen reader. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div className={s.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      {children}
    </div>
  );
}
