import type { ItemChange, PersonRef, Plan, PlanItem } from './types';

/** An item as it will be once the server has taken a change; how far it is follows its state, as it does there. */
export function patched(item: PlanItem, change: ItemChange, owner?: PersonRef | null): PlanItem {
  const { checklist, owner: _, ...members } = change;
  const next: PlanItem = { ...item, ...members } as PlanItem;
  if (change.owner !== undefined) next.owner = owner ?? null;
  if (change.state === 'done') next.percentDone = 100;
  if (change.state === 'done' || change.state === 'cancelled') next.late = false;
  if (change.state === 'open' && change.percentDone === undefined) next.percentDone = 0;
  if (checklist) {
    const ticks = new Map(checklist.map((one) => [one.id, one.done]));
    next.checklist = item.checklist.map((entry) => ({
      ...entry,
      done: ticks.get(entry.id) ?? entry.done,
    }));
  }
  return next;
}

/** Changes that are on their way: by item, in the order in which they were made. */
export type Pending = ReadonlyMap<string, readonly ((item: PlanItem) => PlanItem)[]>;

/** A plan as the server has it, with what is on its way already done to it: a refresh never takes a tick back. */
export function overlaid(plan: Plan, pending: Pending): Plan {
  if (pending.size === 0) return plan;
  return {
    ...plan,
    items: plan.items.map((item) =>
      (pending.get(item.id) ?? []).reduce((standing, change) => change(standing), item),
    ),
  };
}

/** A plan in which one item is another. */
export const withItem = (plan: Plan, item: PlanItem): Plan => ({
  ...plan,
  items: plan.items.map((one) => (one.id === item.id ? item : one)),
});

const shown: (keyof PlanItem)[] = [
  'title',
  'state',
  'start',
  'finish',
  'at',
  'percentDone',
  'effortHours',
  'loggedHours',
  'pinned',
  'role',
  'audience',
  'details',
];

/** The items that a reader would see differ between two states of a plan, new ones included. */
export function changedBetween(before: Plan, after: Plan): string[] {
  const known = new Map(before.items.map((item) => [item.id, item]));
  return after.items
    .filter((item) => {
      const old = known.get(item.id);
      if (!old) return true;
      return (
        shown.some((member) => old[member] !== item[member]) ||
        old.owner?.id !== item.owner?.id ||
        JSON.stringify(old.after) !== JSON.stringify(item.after) ||
        JSON.stringify(old.checklist) !== JSON.stringify(item.checklist)
      );
    })
    .map((item) => item.id);
}

/** The members of a change that somebody else changed meanwhile, too, to something else. */
export function contested(base: PlanItem, theirs: PlanItem, change: ItemChange): (keyof ItemChange)[] {
  return (Object.keys(change) as (keyof ItemChange)[]).filter((member) => {
    if (member === 'checklist')
      return (change.checklist ?? []).some((tick) => {
        const at = (item: PlanItem) => item.checklist.find((entry) => entry.id === tick.id)?.done;
        return at(base) !== at(theirs) && at(theirs) !== tick.done;
      });
    const value = (item: PlanItem) => (member === 'owner' ? (item.owner?.id ?? null) : item[member]);
    return value(base) !== value(theirs) && value(theirs) !== change[member];
  });
}
