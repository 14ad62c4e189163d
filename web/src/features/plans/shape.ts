import type { Plan, PlanItem } from './types';

/** An item as the server sends it: what nobody has planned yet has no dates. */
export type SentItem = Omit<PlanItem, 'start' | 'finish'> & { start: string | null; finish: string | null };
export type SentPlan = Omit<Plan, 'items'> & { items: SentItem[] };

/** An item as the screens hold it: without a date it stands on this day, and says that it has none. */
export function shapedItem(item: SentItem, day: string): PlanItem {
  const { start, finish } = item;
  return start && finish ? { ...item, start, finish } : { ...item, start: day, finish: day, undated: true };
}

export const shapedPlan = (plan: SentPlan): Plan => ({
  ...plan,
  items: plan.items.map((item) => shapedItem(item, plan.start)),
});
