import { useHotkeys } from '@mantine/hooks';

/**
 * J and K move the focus itself from row to row, so that Enter opens a row because its link has the focus, and never
 * because of a mark that only this list knows of.
 */
export function useListKeys(list: { onToggle: (id: string) => void; onClear: () => void }) {
  const move = (by: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-row] [data-open]')];
    const row = document.activeElement?.closest('[data-row]');
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys([
    ['J', () => move(1)],
    ['K', () => move(-1)],
    [
      'X',
      () => {
        const id = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;
        if (id) list.onToggle(id);
      },
    ],
    ['Escape', list.onClear, { preventDefault: false }],
  ]);
}
