import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '@/texts/common';
import s from './parts.module.css';

/** A filter that came with an address and is taken off by a click. */
export function FilterChip({ children, onRemove }: { children: ReactNode; onRemove: () => void }) {
  return (
    <button type="button" className={s.chip} onClick={onRemove}>
      {children}
      <IconX size={13} stroke={1.8} aria-hidden />
      <span className="sr">{texts.remove}</span>
    </button>
  );
}
