import type { WhyClosed } from '@/lib/days';
import type { Zoom } from '../plans-search';
import type { Span } from '../types';
import type { GanttItem, GanttPhase } from './layout';

export interface Grip {
  tell: (days: number) => void;
  end: () => void;
}

/** What a person can do to a line; absent where the Gantt is only looked at. */
export interface GanttActions {
  open: (id: string) => void;
  isMovable: (id: string) => boolean;
  /** By business days. */
  shift: (id: string, by: number) => void;
  /** By business days. */
  lengthen: (id: string, by: number) => void;
  /** Begins a drag, which is told by how many days the pointer went, as often as that changes, and that it is over. */
  grab: (id: string, edge: 'move' | 'finish') => Grip;
  pin: (id: string) => void;
  cancel: () => void;
  undo: () => void;
}

export interface Shown {
  critical: boolean;
  baseline: boolean;
  links: boolean;
}

export interface GanttProps {
  label: string;
  items: readonly GanttItem[];
  phases: readonly GanttPhase[];
  why: WhyClosed;
  today?: string;
  zoom: Zoom;
  /** How wide it may be without scrolling, in pixels. It stays the same when a panel opens beside it, so nothing jumps. */
  room: number;
  show: Shown;
  /** Where an item is drawn; where it is when absent. */
  spanOf?: (item: GanttItem) => Span;
  conflicts?: ReadonlySet<string>;
  tinted?: ReadonlySet<string>;
  selected?: string;
  actions?: GanttActions;
}
