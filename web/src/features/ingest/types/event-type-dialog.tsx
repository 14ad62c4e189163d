import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/event-types';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { fieldsQuery } from '../quality/quality-api';
import { readJson, schemaFrom } from './json-text';
import s from './types.module.css';
import { deleteEventType, type EventType, eventTypesQuery, putEventType } from './types-api';

const t = texts.edit;
const lostRace = 412;

/** The schema of one type of event, to read and to change; an empty type is one to be named. */
export function EventTypeDialog(props: {
  customer: string;
  type: string;
  rule?: EventType;
  onClose: () => void;
}) {
  const { customer, rule } = props;
  const client = useQueryClient();
  const [type, setType] = useState(props.type);
  const [text, setText] = useState(rule?.schema ? JSON.stringify(rule.schema, null, 2) : '');
  const [onViolation, setOnViolation] = useState(rule?.onViolation ?? 'flag');
  const [fault, setFault] = useState<string>();
  const fields = useQuery({ ...fieldsQuery(customer, { period: 'all', type }), enabled: type !== '' });
  const after = async (message: string, undo?: () => void) => {
    await client.invalidateQueries({ queryKey: eventTypesQuery(customer).queryKey });
    props.onClose();
    await toast(message, { undo });
  };
  const save = useMutation({
    mutationFn: (schema: unknown) =>
      putEventType(
        customer,
        type,
        { schema, onViolation, entityModel: rule?.entityModel ?? null },
        rule?.version,
      ),
    onSuccess: () => after(t.saved(type)),
  });
  const remove = useMutation({
    mutationFn: () => deleteEventType(customer, type),
    onSuccess: () =>
      after(t.removed(type), async () => {
        if (rule) await putEventType(customer, type, rule);
        await client.invalidateQueries({ queryKey: eventTypesQuery(customer).queryKey });
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readJson(text);
    if (type.trim() === '') setFault(t.typeMissing);
    else if (text.trim() === '') setFault(t.empty);
    else if (read.fault) setFault(t.notJson(read.fault.line, read.fault.column));
    else {
      setFault(undefined);
      save.mutate(read.value);
    }
  };
  return (
    <Dialog side open onClose={props.onClose} title={props.type ? t.title(props.type) : t.newTitle}>
      <form className={ui.form} onSubmit={submit} noValidate>
        {!props.type && (
          <TextInput
            label={t.type}
            value={type}
            onChange={(event) => setType(event.currentTarget.value)}
            spellCheck={false}
          />
        )}
        <Textarea
          label={t.schema}
          description={t.schemaText}
          classNames={{ input: s.schema }}
          rows={18}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {fields.data && fields.data.items.length > 0 && (
          <div>
            <Button
              variant="default"
              onClick={() => setText(JSON.stringify(schemaFrom(fields.data.items), null, 2))}
            >
              {t.suggest}
            </Button>
          </div>
        )}
        <Radio.Group
          label={t.violation}
          value={onViolation}
          onChange={(value) => setOnViolation(value === 'reject' ? 'reject' : 'flag')}
        >
          <div className={ui.choices}>
            <Radio size="xs" value="flag" label={t.flag} />
            <Radio size="xs" value="reject" label={t.reject} />
          </div>
        </Radio.Group>
        {rule?.entityModel !== null && rule?.entityModel !== undefined && (
          <Notice tone="mute">{t.model}</Notice>
        )}
        {fault && <Notice tone="bad">{fault}</Notice>}
        <Refusal error={save.error ?? remove.error} />
        <DialogFoot>
          {rule && (
            <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t.remove}
            </Button>
          )}
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** Everything wrong with the schema at once, each with its place. */
function Refusal({ error }: { error: Error | null }) {
  if (!error) return null;
  if (!(error instanceof ProblemError)) return <Notice tone="bad">{error.message}</Notice>;
  if (error.status === lostRace) return <Notice tone="bad">{t.lost}</Notice>;
  const faults = error.problem.faults ?? [];
  return (
    <Notice tone="bad">
      {faults.length === 0 ? (
        error.message
      ) : (
        <ul className={s.faults}>
          {faults.map((fault) => (
            <li key={`${fault.pointer}${fault.code}`}>
              <code>{fault.pointer}</code> {fault.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
