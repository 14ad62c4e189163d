import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts } from '@/texts/plans';
import { toast } from '@/ui/toast';
import { contested, patched, withItem } from './merge';
import { keepPending } from './pending';
import { changeItem, fetchPlan, planKey, planQuery } from './plans-api';
import type { ItemChange, PersonRef, Plan, PlanItem } from './types';

const t = texts.change;

/** What somebody else wrote into the members of an item that were changed here. */
export interface ItemConflict {
  theirs: PlanItem;
  change: ItemChange;
  members: (keyof ItemChange)[];
  owner?: PersonRef | null;
}

/** The change that puts the members of another one back to what they were. */
const opposite = (item: PlanItem, change: ItemChange): ItemChange =>
  Object.fromEntries(
    (Object.keys(change) as (keyof ItemChange)[]).map((member) => {
      if (member === 'owner') return [member, item.owner?.id ?? null];
      if (member === 'checklist')
        return [
          member,
          (change.checklist ?? []).map(({ id }) => ({
            id,
            done: item.checklist.find((entry) => entry.id === id)?.done ?? false,
          })),
        ];
      return [member, item[member]];
    }),
  );

export interface ChangeOptions {
  /** The person behind the id in `owner`, for the screen. */
  owner?: PersonRef | null;
  /** What the message says; none is shown without it. */
  said?: string;
}

/**
 * Changes an item at once on the screen and then on the server, with a way back. When somebody was faster and changed
 * something else, both changes hold; when they changed the same, the reader decides.
 */
export function useChangeItem(customer: string, plan: string) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<ItemConflict>();
  const { queryKey } = planQuery(customer, plan);

  const show = useCallback(
    (item: PlanItem) =>
      client.setQueryData<Plan>(
        [...planKey(plan), 'plan'],
        (standing) => standing && withItem(standing, item),
      ),
    [client, plan],
  );

  async function send(base: PlanItem, change: ItemChange, options: ChangeOptions) {
    try {
      return await changeItem(customer, plan, base, change);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 412) throw error;
      const fresh = await fetchPlan(customer, plan);
      const theirs = fresh.items.find((item) => item.id === base.id);
      if (!theirs) throw error;
      const members = contested(base, theirs, change);
      if (members.length === 0) return changeItem(customer, plan, theirs, change);
      client.setQueryData(queryKey, fresh);
      setConflict({ theirs, change, members, owner: options.owner });
      return undefined;
    }
  }

  async function change(base: PlanItem, wanted: ItemChange, options: ChangeOptions = {}): Promise<boolean> {
    setConflict(undefined);
    const apply = (item: PlanItem) => patched(item, wanted, options.owner);
    const settle = keepPending(plan, base.id, apply);
    show(apply(base));
    try {
      const saved = await send(base, wanted, options);
      settle();
      if (!saved) return false;
      show(saved);
      void client.invalidateQueries({ queryKey: planKey(plan) });
      void client.invalidateQueries({ queryKey: ['my-day'] });
      if (options.said) {
        const undo = async () => {
          await change(saved, opposite(base, wanted), { owner: base.owner });
        };
        await toast(options.said, { undo });
      }
      return true;
    } catch (error) {
      settle();
      show(base);
      await toast(error instanceof Error ? error.message : t.failed, { bad: true });
      return false;
    }
  }

  return {
    change,
    conflict,
    keepTheirs: () => setConflict(undefined),
    redoMine: () => {
      const standing = conflict;
      setConflict(undefined);
      if (standing) void change(standing.theirs, standing.change, { owner: standing.owner, said: t.redone });
    },
  };
}
