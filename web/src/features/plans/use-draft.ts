import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ProblemError } from '@/api/http';
import { count } from '@/lib/format';
import { texts } from '@/texts/plans';
import { toast } from '@/ui/toast';
import { withChange } from './draft';
import { changedBetween } from './merge';
import {
  applyReflow,
  fetchPlan,
  planKey,
  planQuery,
  reflowPreviewQuery,
  reflowsQuery,
  reverseReflow,
} from './plans-api';
import type { Plan, PlanItem, ReflowChange, ReflowPreview } from './types';

/** How long a drag rests on a day before the server is asked. */
const restMs = 120;
const t = texts.draft;
const lostRace = 412;

export interface Draft {
  changes: readonly ReflowChange[];
  preview: ReflowPreview | undefined;
  /** The preview is of an earlier state of the draft. */
  isBehind: boolean;
  error: Error | null;
  /** Titles of what somebody else changed since the draft began. */
  overtaken: readonly string[];
  isApplying: boolean;
  /** How many steps it has; a drag goes back to where it began before each of its own. */
  depth: number;
  propose: (change: ReflowChange, item?: PlanItem, depth?: number) => void;
  /** Takes the last step back. */
  stepBack: () => void;
  clear: () => void;
  apply: (reason: string, acceptConflicts: boolean) => Promise<void>;
  /** Undoes the newest reflow of the plan that is not undone. */
  undoLast: () => Promise<void>;
}

/** Moves that are being tried: each asks the server what it would do, and nothing is stored until they are applied. */
export function useDraft(customer: string, plan: Plan): Draft {
  const client = useQueryClient();
  const [steps, setSteps] = useState<readonly (readonly ReflowChange[])[]>([]);
  const [problem, setProblem] = useState<Error | null>(null);
  const [overtaken, setOvertaken] = useState<readonly string[]>([]);
  const [isApplying, setApplying] = useState(false);
  const changes = steps.at(-1) ?? [];
  const [asked] = useDebouncedValue(changes, restMs);
  const enabled = changes.length > 0 && asked.length > 0;
  const query = useQuery({
    ...reflowPreviewQuery(customer, plan.id, plan.version, asked),
    enabled,
    placeholderData: keepPreviousData,
  });

  const propose = useCallback((change: ReflowChange, item?: PlanItem, depth?: number) => {
    setProblem(null);
    setSteps((all) => {
      const before = all.slice(0, depth);
      const next = withChange(before.at(-1) ?? [], change, item);
      return next.length === 0 ? [] : [...before, next];
    });
  }, []);
  const stepBack = useCallback(() => setSteps((before) => before.slice(0, -1)), []);
  const clear = useCallback(() => {
    setSteps([]);
    setProblem(null);
    setOvertaken([]);
  }, []);

  const show = (fresh: Plan) => {
    client.setQueryData(planQuery(customer, plan.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: planKey(plan.id) });
    void client.invalidateQueries({ queryKey: ['plans', 'of', customer] });
    void client.invalidateQueries({ queryKey: ['my-day'] });
  };

  const reverse = async (reflow: string, version: number) => {
    try {
      show((await reverseReflow(customer, plan.id, reflow, version)).plan);
      await toast(t.undone);
    } catch (error) {
      await client.invalidateQueries({ queryKey: planKey(plan.id) });
      await toast(error instanceof Error ? error.message : t.failed, { bad: true });
    }
  };

  const apply = async (reason: string, acceptConflicts: boolean) => {
    const basis = query.data?.basis ?? plan.version;
    setApplying(true);
    setProblem(null);
    try {
      const done = await applyReflow(customer, plan.id, basis, {
        changes,
        reason,
        acceptConflicts: acceptConflicts || undefined,
      });
      clear();
      show(done.plan);
      await toast(t.applied(count(done.reflow.moves.length)), {
        undo: () => void reverse(done.reflow.id, done.plan.version),
      });
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(t.failed));
      if (error instanceof ProblemError && error.status === lostRace) {
        // The preview is asked for anew, because the plan has another version then.
        const fresh = await fetchPlan(customer, plan.id);
        client.setQueryData(planQuery(customer, plan.id).queryKey, fresh);
        const ids = new Set(changedBetween(plan, fresh));
        setOvertaken(fresh.items.filter((item) => ids.has(item.id)).map((item) => item.title));
      }
    } finally {
      setApplying(false);
    }
  };

  const undoLast = async () => {
    const reflows = await client.fetchQuery({ ...reflowsQuery(customer, plan.id), staleTime: 0 });
    const last = reflows.find((reflow) => reflow.canBeUndone);
    if (last) await reverse(last.id, plan.version);
    else await toast(t.nothingToUndo);
  };

  return {
    changes,
    depth: steps.length,
    preview: enabled ? query.data : undefined,
    isBehind: enabled && (asked !== changes || query.isPlaceholderData || query.isPending),
    error: problem ?? query.error,
    overtaken,
    isApplying,
    propose,
    stepBack,
    clear,
    apply,
    undoLast,
  };
}
