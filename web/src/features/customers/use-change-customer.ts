import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { customerQuery } from '@/api/customers';
import { json, ProblemError } from '@/api/http';
import type { Customer } from '@/api/types';
import { texts } from '@/texts/customer-page';
import { toast } from '@/ui/toast';
import { type CustomerChange, changeCustomer } from './api';

const t = texts.inPlace;
type Member = keyof CustomerChange;

/** What somebody else wrote into a member while it was edited here. */
export interface Conflict {
  member: Member;
  label: string;
  theirs: Customer;
  yours: CustomerChange;
}

const same = (left: unknown, right: unknown) =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

/**
 * Changes one member of a record at once on the screen and then on the server, with a way back. When somebody was
 * faster: if they changed another member, both changes hold; if the same one, the reader decides.
 */
export function useChangeCustomer(id: string) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const { queryKey } = customerQuery(id);
  const show = (customer: Customer) =>
    client.setQueryData(queryKey, (standing) => ({ ...standing, ...customer }) as Customer);

  async function send(base: Customer, member: Member, change: CustomerChange): Promise<Customer | undefined> {
    try {
      return await changeCustomer(id, base.version, change);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 412) throw error;
      const theirs = await json<Customer>('GET', `/v1/customers/${id}`);
      if (same(theirs[member], base[member])) return changeCustomer(id, theirs.version, change);
      show(theirs);
      setConflict({ member, label: '', theirs, yours: change });
    }
  }

  async function change(base: Customer, member: Member, label: string, value: CustomerChange[Member]) {
    if (same(base[member], value)) return;
    const wanted = { [member]: value } as CustomerChange;
    setConflict(undefined);
    show({ ...base, ...wanted } as Customer);
    try {
      const saved = await send(base, member, wanted);
      if (!saved) {
        setConflict((one) => one && { ...one, label });
        return;
      }
      show(saved);
      client.invalidateQueries({ queryKey: ['customers', 'list'] });
      const undo = async () => {
        await change(saved, member, label, base[member]);
      };
      await toast(t.changed(label), { undo });
    } catch (error) {
      show(base);
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
  }

  return {
    change,
    conflict,
    keepTheirs: () => setConflict(undefined),
    useMine: () => {
      const standing = conflict;
      setConflict(undefined);
      return (
        standing && change(standing.theirs, standing.member, standing.label, standing.yours[standing.member])
      );
    },
  };
}
