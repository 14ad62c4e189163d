import type { Pending } from './merge';
import type { PlanItem } from './types';

type Change = (item: PlanItem) => PlanItem;

const onTheWay = new Map<string, Map<string, Change[]>>();
const nothing: Pending = new Map();

/** Changes of a plan's items that were sent from this window and are not answered yet. */
export const pendingOf = (plan: string): Pending => onTheWay.get(plan) ?? nothing;

/** Keeps a change until the returned function is called. */
export function keepPending(plan: string, item: string, change: Change): () => void {
  const items = onTheWay.get(plan) ?? new Map<string, Change[]>();
  onTheWay.set(plan, items);
  items.set(item, [...(items.get(item) ?? []), change]);
  return () => {
    const left = (items.get(item) ?? []).filter((one) => one !== change);
    if (left.length > 0) items.set(item, left);
    else items.delete(item);
    if (items.size === 0) onTheWay.delete(plan);
  };
}
