import { Button, Checkbox, Chip, Input, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './people.module.css';
import { addContact, type Contact, type ContactChange, changeContact } from './people-api';

const t = texts.contacts;
const allRoles = Object.entries(texts.roles);

export default function ContactDialog(props: { customer: string; contact?: Contact; onClose: () => void }) {
  const { customer, contact } = props;
  const client = useQueryClient();
  const [roles, setRoles] = useState(contact?.roles ?? []);
  const save = useMutation({
    mutationFn: (change: ContactChange) =>
      contact ? changeContact(customer, contact, change) : addContact(customer, change),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['customers', 'contacts', customer] });
      props.onClose();
      await toast(contact ? t.changed(saved.name) : t.added(saved.name));
    },
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  const field = (name: keyof Contact) => ({
    size: 'sm' as const,
    name,
    error: problem?.faultOf(name),
    defaultValue: contact?.[name]?.toString() ?? '',
  });
  return (
    <Dialog open onClose={props.onClose} title={contact ? t.edit : t.add}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim() || null;
          save.mutate({
            name: text('name') ?? '',
            email: text('email'),
            phone: text('phone'),
            title: text('title'),
            notes: text('notes'),
            primary: form.get('primary') !== null,
            roles,
          });
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <div className={ui.formRow}>
          <TextInput {...field('name')} label={t.name} required withAsterisk={false} />
          <TextInput {...field('title')} label={t.jobTitle} />
        </div>
        <div className={ui.formRow}>
          <TextInput {...field('email')} label={t.email} type="email" />
          <TextInput {...field('phone')} label={t.phone} type="tel" />
        </div>
        <Input.Wrapper label={t.roles} error={problem?.faultOf('roles')} size="sm">
          <Chip.Group multiple value={roles} onChange={setRoles}>
            <div className={s.choices}>
              {allRoles.map(([role, word]) => (
                <Chip key={role} value={role} size="xs">
                  {word}
                </Chip>
              ))}
            </div>
          </Chip.Group>
        </Input.Wrapper>
        <Checkbox name="primary" size="sm" label={t.isPrimary} defaultChecked={contact?.primary} />
        <Textarea {...field('notes')} label={t.notes} description={t.notesHint} autosize minRows={2} />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={roles.length === 0}>
            {t.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
