import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-portal';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { changePerson, type PortalPerson, peopleQuery } from './api';
import { RolesField } from './person-fields';

export function EditDialog(props: { customer: string; person?: PortalPerson; onClose: () => void }) {
  const { person } = props;
  return (
    <Dialog
      open={person !== undefined}
      onClose={props.onClose}
      title={person && texts.edit.title(person.name)}
    >
      {person && <EditForm customer={props.customer} person={person} onClose={props.onClose} />}
    </Dialog>
  );
}

function EditForm({
  customer,
  person,
  onClose,
}: {
  customer: string;
  person: PortalPerson;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [roles, setRoles] = useState(person.roles);
  const change = useMutation({
    mutationFn: (name: string) => changePerson(customer, person, { name, roles }),
    onSuccess: async () => {
      await client.invalidateQueries(peopleQuery(customer));
      onClose();
    },
  });
  const problem = change.error instanceof ProblemError ? change.error : undefined;
  return (
    <form
      className={ui.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(String(new FormData(event.currentTarget).get('name')).trim());
      }}
    >
      {change.error && <Notice tone="bad">{change.error.message}</Notice>}
      <TextInput
        size="sm"
        label={texts.invite.name}
        name="name"
        defaultValue={person.name}
        required
        withAsterisk={false}
        maxLength={200}
        error={problem?.faultOf('name')}
      />
      <RolesField value={roles} onChange={setRoles} error={problem?.faultOf('roles')} />
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" loading={change.isPending} disabled={roles.length === 0}>
          {texts.edit.submit}
        </Button>
      </DialogFoot>
    </form>
  );
}
