import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-portal';
import { Code } from '@/ui/copy';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { type Candidate, candidatesQuery, invite, type NewPerson, peopleQuery } from './api';
import { RolesField } from './person-fields';

const t = texts.invite;

interface Props {
  customer: string;
  open: boolean;
  /** The contact to begin with. */
  contact?: string;
  onClose: () => void;
  onLink: (name: string, link: string) => void;
}

export function InviteDialog(props: Props) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t.title}>
      <InviteForm {...props} />
    </Dialog>
  );
}

const nobody: NewPerson = { name: '', email: '', roles: ['member'] };

/** Who of the contacts could still be invited: those with an address that nobody has here. */
function useCandidates(customer: string) {
  const { data: people } = useQuery(peopleQuery(customer));
  const { data: contacts } = useQuery(candidatesQuery(customer));
  const known = new Set(people?.items.map((person) => person.email));
  return (contacts ?? []).filter((contact) => !known.has((contact.email ?? '').trim().toLowerCase()));
}

function InviteForm({ customer, contact, onClose, onLink }: Props) {
  const client = useQueryClient();
  const candidates = useCandidates(customer);
  const [person, setPerson] = useState<NewPerson>();
  const chosen = candidates.find((one) => one.id === contact);
  const shown = person ?? (chosen ? personOf(chosen) : nobody);
  const set = (change: Partial<NewPerson>) => setPerson({ ...shown, ...change });
  const inviting = useMutation({
    mutationFn: (invited: NewPerson) => invite(customer, invited),
    onSuccess: async (invited) => {
      await client.invalidateQueries(peopleQuery(customer));
      onClose();
      if (invited.link) onLink(invited.person.name, invited.link);
      else await toast(texts.people.sent(invited.person.email));
    },
  });
  const problem = inviting.error instanceof ProblemError ? inviting.error : undefined;
  return (
    <form
      className={ui.form}
      onSubmit={(event) => {
        event.preventDefault();
        inviting.mutate({ ...shown, name: shown.name.trim(), email: shown.email.trim() });
      }}
    >
      {inviting.error && <Notice tone="bad">{inviting.error.message}</Notice>}
      {candidates.length > 0 && (
        <NativeSelect
          size="sm"
          label={t.contact}
          value={candidates.find((one) => one.email === shown.email)?.id ?? ''}
          onChange={(event) => {
            const found = candidates.find((one) => one.id === event.currentTarget.value);
            setPerson(found ? personOf(found) : nobody);
          }}
          data={[
            { value: '', label: t.noContact },
            ...candidates.map((one) => ({ value: one.id, label: `${one.name}, ${one.email}` })),
          ]}
        />
      )}
      <TextInput
        size="sm"
        label={t.name}
        value={shown.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={200}
        error={problem?.faultOf('name')}
      />
      <TextInput
        size="sm"
        type="email"
        label={t.email}
        description={t.emailHint}
        value={shown.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        required
        withAsterisk={false}
        maxLength={254}
        error={problem?.faultOf('email')}
      />
      <RolesField
        value={shown.roles}
        onChange={(roles) => set({ roles })}
        error={problem?.faultOf('roles')}
      />
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" loading={inviting.isPending} disabled={shown.roles.length === 0}>
          {t.submit}
        </Button>
      </DialogFoot>
    </form>
  );
}

const personOf = (contact: Candidate): NewPerson => ({
  name: contact.name,
  email: contact.email ?? '',
  roles: contact.roles.length > 0 ? contact.roles : ['member'],
});

/** The link of an invitation where no mail leaves. It is shown this once. */
export function LinkDialog(props: { shown?: { name: string; link: string }; onClose: () => void }) {
  const { shown } = props;
  return (
    <Dialog open={shown !== undefined} onClose={props.onClose} title={t.linkTitle}>
      <p className={ui.formText}>{shown && t.linkText(shown.name)}</p>
      {shown && <Code value={`${location.origin}${shown.link}`} what={t.linkWhat} wrap />}
      <DialogFoot>
        <Button onClick={props.onClose}>{t.done}</Button>
      </DialogFoot>
    </Dialog>
  );
}
