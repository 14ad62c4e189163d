import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { colleaguesQuery } from '@/api/people';
import { texts } from '@/texts/plans';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { useDesk } from './desk';
import { addItem, planKey } from './plans-api';
import type { NewItem } from './types';

const t = texts.newItem;

/** An item that the playbook does not have. */
export default function NewItemDialog({ onClose }: { onClose: () => void }) {
  const { customer, plan, today, open } = useDesk();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<NewItem['kind']>('task');
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const first = today > plan.start ? today : plan.start;
  const save = useMutation({
    mutationFn: (item: NewItem) => addItem(customer, plan.id, item, key),
    onSuccess: async (item) => {
      await client.invalidateQueries({ queryKey: planKey(plan.id) });
      onClose();
      open(item.id);
      await toast(t.added(item.title));
    },
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  const field = (name: string) => ({ size: 'sm' as const, name, error: problem?.faultOf(name) });
  const submit = (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const start = text('start');
    save.mutate({
      kind,
      title: text('title'),
      phase: text('phase'),
      owner: text('owner') || undefined,
      start,
      finish: kind === 'milestone' ? start : text('finish') || start,
      effortHours: text('effortHours') ? Number.parseFloat(text('effortHours')) : undefined,
    });
  };
  return (
    <Dialog open onClose={onClose} title={t.title}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <TextInput {...field('title')} label={t.name} required />
        <div className={ui.formRow}>
          <NativeSelect
            {...field('kind')}
            label={t.kind}
            value={kind}
            data={[
              { value: 'task', label: texts.gantt.kinds.task },
              { value: 'milestone', label: texts.gantt.kinds.milestone },
            ]}
            onChange={(event) => setKind(event.currentTarget.value === 'milestone' ? 'milestone' : 'task')}
          />
          <NativeSelect
            {...field('phase')}
            label={t.phase}
            defaultValue={(plan.phases.find((one) => one.finish >= first) ?? plan.phases.at(-1))?.id}
            data={plan.phases.map((one) => ({ value: one.id, label: one.title }))}
          />
        </div>
        <div className={ui.formRow}>
          <TextInput
            {...field('start')}
            type="date"
            label={kind === 'milestone' ? texts.item.on : texts.item.start}
            defaultValue={first}
            required
          />
          {kind === 'task' && (
            <TextInput
              {...field('finish')}
              type="date"
              label={texts.item.finish}
              defaultValue={first}
              required
            />
          )}
        </div>
        <div className={ui.formRow}>
          <NativeSelect
            {...field('owner')}
            label={texts.item.owner}
            data={[
              { value: '', label: texts.change.nobody },
              ...colleagues.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
          {kind === 'task' && (
            <TextInput
              {...field('effortHours')}
              label={texts.item.effort}
              type="number"
              min={0}
              max={9_999}
              step="any"
            />
          )}
        </div>
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t.add}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
