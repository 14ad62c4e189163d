import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import { overlaid } from './merge';
import { pendingOf } from './pending';
import { type SentItem, type SentPlan, shapedItem, shapedPlan } from './shape';
import type {
  ItemChange,
  MyDay,
  NewItem,
  Plan,
  PlanBudget,
  PlanChecklist,
  PlanItem,
  PlanPreview,
  PlanProgress,
  PlanStart,
  PlanState,
  PlanSummary,
  Reflow,
  ReflowChange,
  ReflowPreview,
  TimeEntry,
} from './types';

/** The newest time entries that a page shows; the sums of the budget count all of them. */
const mostEntries = 200;
const home = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}/plans`;
const at = (customer: string, plan: string) => `${home(customer)}/${encodeURIComponent(plan)}`;
const itemAt = (customer: string, plan: string, item: string) =>
  `${at(customer, plan)}/items/${encodeURIComponent(item)}`;

/** Everything about one plan begins with this, so that a change can ask for all of it anew. */
export const planKey = (plan: string) => ['plans', 'one', plan] as const;

export const plansQuery = (customer: string) =>
  queryOptions({
    queryKey: ['plans', 'of', customer],
    queryFn: async ({ signal }) =>
      (await json<{ items: PlanSummary[] }>('GET', home(customer), { signal })).items,
  });

/** The plan as the server has it now, without what is on its way. */
export const fetchPlan = async (customer: string, plan: string, signal?: AbortSignal): Promise<Plan> =>
  shapedPlan(await json<SentPlan>('GET', at(customer, plan), { signal }));

/** The plan as it stands, with what is on its way from this window already done to it. */
export const planQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'plan'],
    queryFn: async ({ signal }) => overlaid(await fetchPlan(customer, plan, signal), pendingOf(plan)),
  });

export const reflowsQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'reflows'],
    queryFn: async ({ signal }) =>
      (await json<{ items: Reflow[] }>('GET', `${at(customer, plan)}/reflows`, { signal })).items,
  });

export const progressQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'progress'],
    queryFn: ({ signal }) => json<PlanProgress>('GET', `${at(customer, plan)}/progress`, { signal }),
  });

export const budgetQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'budget'],
    queryFn: ({ signal }) => json<PlanBudget>('GET', `${at(customer, plan)}/budget`, { signal }),
  });

export const timeEntriesQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'time'],
    queryFn: async ({ signal }) =>
      (
        await json<{ items: TimeEntry[] }>('GET', `${at(customer, plan)}/time-entries`, {
          query: { limit: mostEntries },
          signal,
        })
      ).items,
  });

export const checklistsQuery = (customer: string, plan: string) =>
  queryOptions({
    queryKey: [...planKey(plan), 'checklists'],
    queryFn: async ({ signal }) =>
      (await json<{ items: PlanChecklist[] }>('GET', `${at(customer, plan)}/checklists`, { signal })).items,
  });

export const myDayQuery = (date?: string) =>
  queryOptions({
    queryKey: ['my-day', date ?? ''],
    queryFn: ({ signal }) => json<MyDay>('GET', '/v1/my-day', { query: { date }, signal }),
  });

/** What a plan would be, with nothing stored. */
export const startPreviewQuery = (customer: string, start: PlanStart) =>
  queryOptions({
    queryKey: ['plans', 'start', customer, start],
    queryFn: async ({ signal }): Promise<PlanPreview> => {
      const sent = await json<Omit<PlanPreview, 'items'> & { items: SentItem[] }>(
        'POST',
        `${home(customer)}/previews`,
        { body: start, signal },
      );
      return { ...sent, items: sent.items.map((item) => shapedItem(item, sent.start)) };
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** Sent twice with one key, it starts one plan. */
export const startPlan = (customer: string, start: PlanStart, idempotencyKey: string) =>
  json<Plan>('POST', home(customer), { body: start, idempotencyKey });

export const changePlan = async (
  customer: string,
  plan: Plan,
  change: { title?: string; state?: PlanState },
): Promise<Plan> =>
  shapedPlan(await json<SentPlan>('PATCH', at(customer, plan.id), { body: change, ifMatch: plan.version }));

/** Of the item its id and version are needed; where it has no dates it is drawn where it was. */
export const changeItem = async (
  customer: string,
  plan: string,
  item: Pick<PlanItem, 'id' | 'version' | 'start'>,
  change: ItemChange,
): Promise<PlanItem> =>
  shapedItem(
    await json<SentItem>('PATCH', itemAt(customer, plan, item.id), { body: change, ifMatch: item.version }),
    item.start,
  );

export const addItem = async (
  customer: string,
  plan: string,
  item: NewItem,
  idempotencyKey: string,
): Promise<PlanItem> =>
  shapedItem(
    await json<SentItem>('POST', `${at(customer, plan)}/items`, { body: item, idempotencyKey }),
    item.start,
  );

/** What changes would do to the plan as it stands at `version`, which is part of the question's name alone. */
export const reflowPreviewQuery = (
  customer: string,
  plan: string,
  version: number,
  changes: readonly ReflowChange[],
) =>
  queryOptions({
    queryKey: ['plans', 'reflow', plan, version, changes],
    queryFn: ({ signal }) =>
      json<ReflowPreview>('POST', `${at(customer, plan)}/reflow-previews`, { body: { changes }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

interface Reflowed {
  reflow: Reflow;
  plan: Plan;
}
const reflowed = (sent: { reflow: Reflow; plan: SentPlan }): Reflowed => ({
  reflow: sent.reflow,
  plan: shapedPlan(sent.plan),
});

export const applyReflow = async (
  customer: string,
  plan: string,
  basis: number,
  body: { changes: readonly ReflowChange[]; reason: string; acceptConflicts?: boolean },
): Promise<Reflowed> =>
  reflowed(await json('POST', `${at(customer, plan)}/reflows`, { body, ifMatch: basis }));

/** Undoes a reflow; the server takes only the newest that is not undone. */
export const reverseReflow = async (
  customer: string,
  plan: string,
  reflow: string,
  version: number,
): Promise<Reflowed> =>
  reflowed(await json('POST', `${at(customer, plan)}/reflows/${reflow}/reversal`, { ifMatch: version }));

export const logTime = (
  customer: string,
  plan: string,
  item: string,
  entry: { date: string; hours: number; note?: string; role?: string },
) => json<TimeEntry>('POST', `${itemAt(customer, plan, item)}/time-entries`, { body: entry });

export const removeTime = (customer: string, plan: string, entry: string) =>
  json<void>('DELETE', `${at(customer, plan)}/time-entries/${entry}`);

export const tickEntry = (customer: string, plan: string, checklist: string, entry: string, done: boolean) =>
  json<unknown>('PATCH', `${at(customer, plan)}/checklists/${checklist}/entries/${entry}`, {
    body: { done },
  });
