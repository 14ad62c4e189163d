import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useKeys } from '@/lib/keys';
import { texts } from '@/texts/plans';
import type { GanttActions } from './gantt-actions';
import { headHeight, type PhaseLine, type Row, type SeriesLine } from './layout';

const t = texts.gantt.keys;

/**
 * One row of the grid takes the Tab key; the arrows go on from it. Left and Right move the work of a row by a business
 * day, and fold a group.
 */
export function useRowKeys(grid: {
  rows: readonly Row[];
  scroller: RefObject<HTMLDivElement | null>;
  actions: GanttActions | undefined;
  toggle: (row: string) => void;
}) {
  const { rows, scroller, actions } = grid;
  const [wanted, setActive] = useState<string>();
  const follow = useRef(false);
  const active = rows.some((row) => row.id === wanted) ? wanted : rows[0]?.id;

  useKeys(
    actions
      ? [
          { keys: 'up/down', label: t.rows },
          { keys: 'left/right', label: t.shift },
          { keys: '+/-', label: t.length },
          { keys: 'p', label: t.pin },
          { keys: 'enter', label: t.open },
          { keys: 'escape', label: t.cancel },
          { keys: 'ctrl+z', label: t.undo },
        ]
      : [],
  );

  useEffect(() => {
    if (!follow.current || !active) return;
    follow.current = false;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(active)}"]`)
      ?.focus({ preventScroll: true });
  }, [active, scroller]);

  const go = (to: number) => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (!row) return;
    follow.current = true;
    bringIntoView(scroller.current, row);
    setActive(row.id);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = rows.findIndex((row) => row.id === active);
    const row = rows[at];
    if (!row || event.altKey || !(event.target instanceof HTMLElement) || !event.target.dataset.rowId) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') actions?.undo();
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Escape') actions?.cancel();
    else if (!(row.kind === 'item' ? itemKey(event, row.id, actions) : groupKey(event, row, grid.toggle)))
      return;
    event.preventDefault();
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).dataset.rowId;
    if (id) setActive(id);
  };

  return { active, onKeyDown, onFocus };
}

function groupKey(event: KeyboardEvent, row: PhaseLine | SeriesLine, toggle: (row: string) => void) {
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    if (row.isOpen === (event.key === 'ArrowLeft')) toggle(row.id);
  } else if (event.key === 'Enter' || event.key === ' ') toggle(row.id);
  else return false;
  return true;
}

function itemKey(event: KeyboardEvent, id: string, actions: GanttActions | undefined) {
  if (!actions) return false;
  if (event.key === 'Enter' || event.key === ' ') actions.open(id);
  else if (event.key === 'ArrowLeft') actions.shift(id, -1);
  else if (event.key === 'ArrowRight') actions.shift(id, 1);
  else if (event.key === '+' || event.key === '=') actions.lengthen(id, 1);
  else if (event.key === '-') actions.lengthen(id, -1);
  else if (event.key.toLowerCase() === 'p') actions.pin(id);
  else return false;
  return true;
}

/** Scrolls just enough, below the head that stays. */
function bringIntoView(box: HTMLDivElement | null, row: Row) {
  if (!box) return;
  const bottom = row.y + row.height + headHeight;
  if (row.y < box.scrollTop) box.scrollTop = row.y;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
}
