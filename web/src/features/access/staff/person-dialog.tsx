import { Button, MultiSelect, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { customersQuery } from '@/api/customers';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/settings';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { changePerson, type Invited, invite, type PersonChange, type StaffMember } from './api';
import { InvitedDialog } from './invited-dialog';

const t = texts.form;
const roles = Object.entries(texts.roles).map(([value, text]) => ({
  value,
  label: `${value}: ${text.toLowerCase()}`,
}));
const jobs = Object.entries(texts.jobs).map(([value, label]) => ({ value, label }));

/** Invites somebody, or changes the person that is given. */
export default function PersonDialog({ person, onClose }: { person?: StaffMember; onClose: () => void }) {
  const client = useQueryClient();
  const [invited, setInvited] = useState<Invited>();
  const [role, setRole] = useState(person?.role ?? 'User');
  const [jobRoles, setJobRoles] = useState<string[]>(person?.jobRoles ?? []);
  const [reach, setReach] = useState(person?.reach ?? 'all');
  const [customers, setCustomers] = useState<string[]>(person?.customers ?? []);
  const isAdmin = role === 'Admin';
  const save = useMutation({
    mutationFn: async (sent: PersonChange & { email: string }) => {
      if (!person) return invite(sent);
      const { email: _, ...change } = sent;
      return { person: await changePerson(person, change), link: null };
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['people'] });
      if (!person) return setInvited(made);
      onClose();
      await toast(t.saved(made.person.name));
    },
  });
  if (invited) return <InvitedDialog invited={invited} onClose={onClose} />;
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  return (
    <Dialog open onClose={onClose} title={person ? t.editTitle(person.name) : t.inviteTitle}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          save.mutate({
            name: String(form.get('name')).trim(),
            email: String(form.get('email') ?? '').trim(),
            role,
            jobRoles,
            reach: isAdmin ? 'all' : reach,
            customers: !isAdmin && reach === 'named' ? customers : null,
          });
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <TextInput
          size="sm"
          label={t.name}
          name="name"
          defaultValue={person?.name}
          required
          withAsterisk={false}
          maxLength={200}
          error={problem?.faultOf('name')}
        />
        {!person && (
          <TextInput
            size="sm"
            type="email"
            label={t.email}
            description={t.emailHint}
            name="email"
            required
            withAsterisk={false}
            error={problem?.faultOf('email')}
          />
        )}
        <NativeSelect
          size="sm"
          label={t.role}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
          data={roles}
          error={problem?.faultOf('role')}
        />
        <MultiSelect
          size="sm"
          label={t.jobs}
          description={t.jobsHint}
          value={jobRoles}
          onChange={setJobRoles}
          data={jobs}
          searchable
          comboboxProps={{ withinPortal: false }}
        />
        {isAdmin ? (
          <p className={ui.hint}>{t.adminReach}</p>
        ) : (
          <Reach
            reach={reach}
            onReach={setReach}
            customers={customers}
            onCustomers={setCustomers}
            problem={problem}
          />
        )}
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {person ? t.save : t.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function Reach(props: {
  reach: string;
  onReach: (reach: string) => void;
  customers: string[];
  onCustomers: (customers: string[]) => void;
  problem?: ProblemError;
}) {
  const { data } = useQuery(customersQuery());
  return (
    <>
      <Radio.Group
        label={t.reach}
        value={props.reach}
        onChange={props.onReach}
        error={props.problem?.faultOf('reach')}
      >
        <div className={ui.choices}>
          {Object.entries(texts.reaches).map(([value, { name, text }]) => (
            <Radio key={value} size="xs" value={value} label={name} description={text} />
          ))}
        </div>
      </Radio.Group>
      {props.reach === 'named' && (
        <MultiSelect
          size="sm"
          label={t.customers}
          value={props.customers}
          onChange={props.onCustomers}
          data={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          searchable
          comboboxProps={{ withinPortal: false }}
          error={props.problem?.faultOf('customers')}
        />
      )}
    </>
  );
}
