import { useQueryClient } from '@tanstack/react-query';
import { texts } from '@/texts/plans';
import { toast } from '@/ui/toast';
import { logTime, planKey, removeTime } from './plans-api';

const t = texts.time;

/** Logs time to an item, with a way back. */
export function useLogTime(customer: string, plan: string) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: planKey(plan) }),
      client.invalidateQueries({ queryKey: ['my-day'] }),
    ]);
  const remove = async (entry: string) => {
    try {
      await removeTime(customer, plan, entry);
      await refresh();
      await toast(t.removed);
    } catch (error) {
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
  };
  const log = async (item: { id: string; title: string }, hours: number, date: string, note?: string) => {
    try {
      const entry = await logTime(customer, plan, item.id, { date, hours, note });
      await refresh();
      await toast(t.logged(texts.hours(hours), item.title), { undo: () => void remove(entry.id) });
      return true;
    } catch (error) {
      await toast(error instanceof Error ? error.message : '', { bad: true });
      return false;
    }
  };
  return { log, remove };
}
