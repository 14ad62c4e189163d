import { type PointerEvent, useRef } from 'react';
import type { GanttActions, Grip } from './gantt-actions';

/** A hand that shakes is no drag. */
const shakePx = 4;

/**
 * Drags a bar, or its end, by whole days. A press without a move stays a click, which opens the item. Gives the handlers
 * for the element; none where nothing may be moved.
 */
export function useDrag(
  id: string,
  edge: 'move' | 'finish',
  dayWidth: number,
  actions: GanttActions | undefined,
) {
  const grabbed = useRef<{ x: number; by: number; grip?: Grip }>(undefined);
  if (!actions?.isMovable(id)) return {};
  const end = (event: PointerEvent<HTMLElement>) => {
    const was = grabbed.current;
    grabbed.current = undefined;
    if (!was?.grip) return;
    was.grip.end();
    // The click that follows a drag is part of it.
    event.currentTarget.addEventListener('click', (click) => click.stopPropagation(), {
      once: true,
      capture: true,
    });
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { x: event.clientX, by: 0 };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = grabbed.current;
      if (!held) return;
      const pixels = event.clientX - held.x;
      if (!held.grip && Math.abs(pixels) < shakePx) return;
      held.grip ??= actions.grab(id, edge);
      const by = Math.round(pixels / dayWidth);
      if (by === held.by) return;
      held.by = by;
      held.grip.tell(by);
    },
    onPointerUp: end,
    onPointerCancel: () => {
      grabbed.current?.grip?.end();
      grabbed.current = undefined;
    },
  };
}
