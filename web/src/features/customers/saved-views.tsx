import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { sessionQuery } from '@/api/session';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customers';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import type { PortfolioSearch } from './portfolio-search';
import {
  addView,
  changeView,
  isChanged,
  keptOf,
  removeView,
  type SavedView,
  savedViewsQuery,
  searchOf,
} from './saved-views-api';

const t = texts.portfolio.saved;
const icon = { size: 15, stroke: 1.7 } as const;
const deciders = ['Manager', 'Admin'];

/** What can be done with the view that is open, or with filters that are not saved yet. */
export function ViewActions({ search, active }: { search: PortfolioSearch; active?: SavedView }) {
  const { data: person } = useQuery(sessionQuery);
  const [naming, setNaming] = useState<SavedView | 'new'>();
  const navigate = useNavigate({ from: '/customers' });
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
  const changed = active
    ? isChanged(active, search)
    : Object.keys(keptOf(search)).some((one) => one !== 'view');
  const mayChange = active && (active.owner === person?.id || deciders.includes(person?.role ?? ''));

  const save = async () => {
    if (!active) return;
    try {
      await changeView(active, { search: keptOf(search) });
      await toast(t.done(active.name));
    } catch (error) {
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
    await refresh();
  };
  const remove = async () => {
    if (!active) return;
    try {
      await removeView(active);
      await navigate({ search: {} });
      const undo = async () => {
        const back = await addView({ name: active.name, shared: active.shared, search: active.search });
        await refresh();
        await navigate({ search: searchOf(back) });
      };
      await toast(t.removed(active.name), { undo });
    } catch (error) {
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
    await refresh();
  };
  return (
    <>
      {active && changed && mayChange && (
        <Button variant="default" leftSection={<IconDeviceFloppy {...icon} />} onClick={save}>
          {t.save}
        </Button>
      )}
      {changed && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconBookmark {...icon} />}
          onClick={() => setNaming('new')}
        >
          {t.saveNew}
        </Button>
      )}
      {active && mayChange && (
        <>
          <ActionIcon aria-label={t.rename} onClick={() => setNaming(active)}>
            <IconPencil {...icon} />
          </ActionIcon>
          <ActionIcon aria-label={t.remove} onClick={remove}>
            <IconTrash {...icon} />
          </ActionIcon>
        </>
      )}
      {naming && (
        <NameDialog
          view={naming === 'new' ? undefined : naming}
          search={search}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}

function NameDialog(props: { view?: SavedView; search: PortfolioSearch; onClose: () => void }) {
  const { view } = props;
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/customers' });
  const save = useMutation({
    mutationFn: (change: { name: string; shared: boolean }) =>
      view ? changeView(view, change) : addView({ ...change, search: keptOf(props.search) }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
      props.onClose();
      if (!view) await navigate({ search: searchOf(saved), replace: true });
      await toast(t.done(saved.name));
    },
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  return (
    <Dialog open onClose={props.onClose} title={view ? t.editTitle : t.title}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          save.mutate({ name: String(form.get('name')).trim(), shared: form.get('shared') !== null });
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <TextInput
          size="sm"
          name="name"
          label={t.name}
          description={t.hint}
          required
          withAsterisk={false}
          maxLength={60}
          defaultValue={view?.name}
          error={problem?.faultOf('name')}
        />
        <Checkbox size="sm" name="shared" label={t.share} defaultChecked={view?.shared} />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {common.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
