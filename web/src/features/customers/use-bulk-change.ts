import { useQueryClient } from '@tanstack/react-query';
import type { Customer } from '@/api/types';
import { texts } from '@/texts/customers';
import { toast } from '@/ui/toast';
import { changeCustomer } from './api';

const t = texts.portfolio.bulk;
type Field = 'stage' | 'plan';

/** Sets one member of many customers, one request each, and offers to put the old values back. */
export function useBulkChange() {
  const client = useQueryClient();

  async function apply(changes: { customer: Customer; value: string | null }[], field: Field) {
    const changed: Customer[] = [];
    let trouble: unknown;
    for (const { customer, value } of changes) {
      try {
        changed.push(await changeCustomer(customer.id, customer.version, { [field]: value }));
      } catch (error) {
        trouble = error;
        break;
      }
    }
    await client.invalidateQueries({ queryKey: ['customers'] });
    return { changed, trouble };
  }

  return async (customers: Customer[], field: Field, value: string, said: string) => {
    const affected = customers.filter((customer) => customer[field] !== value);
    const { changed, trouble } = await apply(
      affected.map((customer) => ({ customer, value })),
      field,
    );
    const before = new Map(affected.map((customer) => [customer.id, customer[field]]));
    const undo = async () => {
      const back = changed.map((customer) => ({ customer, value: before.get(customer.id) ?? null }));
      const { trouble: stuck } = await apply(back, field);
      await toast(stuck instanceof Error ? stuck.message : t.undone, { bad: Boolean(stuck) });
    };
    const why = trouble instanceof Error ? trouble.message : '';
    await toast(trouble ? t.partly(changed.length, affected.length, why) : t.changed(changed.length, said), {
      bad: Boolean(trouble),
      undo: changed.length > 0 ? undo : undefined,
    });
  };
}
