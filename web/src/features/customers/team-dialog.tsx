import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { addMember, changeMember, colleaguesQuery, type TeamChange, type TeamMember } from './people-api';

const t = texts.team;
const jobs = Object.entries(texts.jobs).map(([value, label]) => ({ value, label }));
const today = () => new Date().toLocaleDateString('sv');

export default function TeamDialog(props: { customer: string; member?: TeamMember; onClose: () => void }) {
  const { customer, member } = props;
  const client = useQueryClient();
  const colleagues = useQuery(colleaguesQuery);
  const save = useMutation({
    mutationFn: (change: TeamChange) =>
      member ? changeMember(customer, member, change) : addMember(customer, change),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['customers'] });
      props.onClose();
      await toast(member ? t.changed : t.added(saved.person.name));
    },
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  const field = (name: string) => ({ size: 'sm' as const, name, error: problem?.faultOf(name) });
  const people = [...(colleagues.data ?? [])];
  // Somebody who left stays where they were, and can only be replaced.
  if (member && !people.some((one) => one.id === member.person.id)) people.unshift(member.person);
  return (
    <Dialog open onClose={props.onClose} title={member ? t.edit : t.add}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          save.mutate({
            person: String(form.get('person')),
            role: String(form.get('role')),
            from: String(form.get('from')) || null,
            until: String(form.get('until')) || null,
          });
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <NativeSelect
          {...field('person')}
          key={colleagues.data ? 'loaded' : 'waiting'}
          label={t.person}
          defaultValue={member?.person.id}
          data={people.map((one) => ({ value: one.id, label: one.name }))}
        />
        <NativeSelect {...field('role')} label={t.role} defaultValue={member?.role ?? 'csm'} data={jobs} />
        <div className={ui.formRow}>
          <TextInput {...field('from')} type="date" label={t.from} defaultValue={member?.from ?? today()} />
          <TextInput
            {...field('until')}
            type="date"
            label={t.until}
            defaultValue={member?.until ?? undefined}
          />
        </div>
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!colleagues.data}>
            {t.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
