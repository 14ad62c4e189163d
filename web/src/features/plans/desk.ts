import { createContext, useContext } from 'react';
import type { WhyClosed } from '@/lib/days';
import type { PlanView } from './plans-search';
import type { ItemChange, Plan, PlanItem, Span } from './types';
import type { ChangeOptions } from './use-change-item';
import type { Draft } from './use-draft';

/** What every part of a plan's page shares: the plan, what can be done to it, and what is being tried. */
export interface Desk {
  customer: string;
  plan: Plan;
  /** Today where the customer is. */
  today: string;
  why: WhyClosed;
  draft: Draft;
  /** Items that somebody else changed a moment ago. */
  tinted: ReadonlySet<string>;
  /** The item whose details are open. */
  selected: string | undefined;
  view: PlanView;
  /** Whether a bar is in the hand just now. */
  isDragging: boolean;
  setDragging: (on: boolean) => void;
  open: (item: string | undefined) => void;
  change: (item: PlanItem, change: ItemChange, options?: ChangeOptions) => Promise<boolean>;
  /** Where an item is, or would be with what is being tried. */
  spanOf: (item: PlanItem) => Span;
  /** Tells a screen reader. */
  announce: (text: string) => void;
}

const context = createContext<Desk | null>(null);
export const DeskProvider = context.Provider;

export function useDesk(): Desk {
  const desk = useContext(context);
  if (!desk) throw new Error('A part of a plan stands outside of a plan.');
  return desk;
}
