import { useRef } from 'react';
import { useKeys } from '@/lib/keys';
import { texts } from '@/texts/customers';

const t = texts.portfolio.rowKeys;

/**
 * J and K move the focus itself from row to row, so that Enter opens a row because its link has the focus, and never
 * because of a mark that only this list knows of.
 */
export function useListKeys(list: {
  onToggle: (id: string) => void;
  onRange: (ids: string[]) => void;
  onClear: () => void;
}) {
  const last = useRef<string>(undefined);
  const here = () => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;
  const move = (by: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-row] [data-open]')];
    const row = document.activeElement?.closest('[data-row]');
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useKeys([
    { keys: 'j', label: t.next, run: () => move(1) },
    { keys: 'k', label: t.previous, run: () => move(-1) },
    {
      keys: 'x',
      label: t.select,
      run: () => {
        const id = here();
        if (id) list.onToggle(id);
        last.current = id;
      },
    },
    {
      keys: 'shift+x',
      label: t.selectRange,
      run: () => {
        const id = here();
        const ids = [...document.querySelectorAll<HTMLElement>('[data-row]')].map(
          (row) => row.dataset.row ?? '',
        );
        const [from, to] = [ids.indexOf(last.current ?? id ?? ''), ids.indexOf(id ?? '')].sort(
          (a, b) => a - b,
        );
        if (id && from !== undefined && to !== undefined && from >= 0) list.onRange(ids.slice(from, to + 1));
        last.current = id;
      },
    },
    // The link of the row has the focus, so the browser opens it.
    { keys: 'enter', label: t.open },
    { keys: 'escape', label: t.clear, run: list.onClear },
  ]);
}
