import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBook2 } from '@tabler/icons-react';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { customerQuery } from '@/api/customers';
import { colleaguesQuery, teamQuery } from '@/api/people';
import { type PlaybookParameter, type PlaybookRole, playbookQuery, playbooksQuery } from '@/api/playbooks';
import { dayNumber, isoDay, todayIn, weekdayOf } from '@/lib/days';
import { texts } from '@/texts/plans';
import { Notice } from '@/ui/notice';
import { Card, Empty } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { DayInput } from './day-input';
import { startPlan, startPreviewQuery } from './plans-api';
import s from './start-plan.module.css';
import { StartPreview } from './start-preview';
import type { PlanStart } from './types';
import { roleWords } from './words';

const route = getRouteApi('/inside/customers/$id/plans/new');
const t = texts.start;
const restMs = 250;

/** Chooses a playbook and a day, and shows every date before anything is stored. */
export default function StartPlan() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/plans/new' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const { data: playbooks } = useSuspenseQuery(playbooksQuery);
  const usable = playbooks.filter((one) => one.faults === 0);
  const chosen =
    usable.find((one) => one.id === search.playbook) ??
    usable.find((one) => one.kind === 'implementation') ??
    usable[0];
  const [now] = useState(Date.now);
  const start = search.start ?? nextMonday(todayIn(customer.timeZone, now));
  if (!chosen)
    return (
      <Empty icon={<IconBook2 size={24} stroke={1.6} />} title={t.noPlaybookTitle}>
        {t.noPlaybook}
      </Empty>
    );
  return (
    <>
      <h2 className={s.title}>{t.title}</h2>
      <p className={ui.formText}>{t.sub}</p>
      <div className={s.columns}>
        <Form
          key={chosen.id}
          customer={id}
          playbook={chosen.id}
          start={start}
          head={
            <>
              <NativeSelect
                size="sm"
                label={t.playbook}
                description={chosen.summary ?? undefined}
                value={chosen.id}
                data={usable.map((one) => ({ value: one.id, label: t.option(one.title, one.days) }))}
                onChange={(event) => {
                  const playbook = event.currentTarget.value;
                  void navigate({ search: (before) => ({ ...before, playbook }), replace: true });
                }}
              />
              <DayInput
                size="sm"
                label={t.day1}
                description={t.day1Hint}
                value={start}
                onDay={(day) =>
                  void navigate({ search: (before) => ({ ...before, start: day }), replace: true })
                }
              />
            </>
          }
        />
      </div>
    </>
  );
}

/** A plan seldom begins on the day on which somebody thinks of it. */
function nextMonday(today: string) {
  const day = dayNumber(today);
  return isoDay(day + 7 - weekdayOf(day));
}

function Form(props: { customer: string; playbook: string; start: string; head: React.ReactNode }) {
  const { customer, start } = props;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(() => crypto.randomUUID());
  const { data: playbook, error: unread } = useQuery(playbookQuery(props.playbook));
  const { data: team } = useQuery(teamQuery(customer));
  const [parameters, setParameters] = useState<Record<string, unknown>>({});
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const roles = playbook?.model?.roles.filter((role) => role.side === 'ours') ?? [];
  const owners = useMemo(() => {
    const found: Record<string, string> = {};
    for (const role of roles) {
      const person =
        chosen[role.role] ?? team?.find((one) => one.role === role.role && one.when === 'current')?.person.id;
      if (person) found[role.role] = person;
    }
    return found;
  }, [roles, chosen, team]);
  const request: PlanStart = {
    playbook: props.playbook,
    version: playbook?.version,
    start,
    parameters,
    owners,
  };
  const [asked] = useDebouncedValue(JSON.stringify(request), restMs);
  const preview = useQuery({
    ...startPreviewQuery(customer, JSON.parse(asked) as PlanStart),
    enabled: playbook !== undefined && team !== undefined,
    placeholderData: keepPreviousData,
  });
  const save = useMutation({
    mutationFn: () => startPlan(customer, request, key),
    onSuccess: async (plan) => {
      await client.invalidateQueries({ queryKey: ['plans', 'of', customer] });
      await navigate({
        to: '/customers/$id/plans/$plan',
        params: { id: customer, plan: plan.id },
        search: {},
      });
      await toast(t.started(plan.title));
    },
  });
  return (
    <>
      <Card>
        <form
          className={ui.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {props.head}
          {unread && <Notice tone="bad">{unread.message}</Notice>}
          {playbook?.model && playbook.model.parameters.length > 0 && (
            <Parameters
              of={playbook.model.parameters}
              values={parameters}
              onSet={(name, value) => setParameters((before) => ({ ...before, [name]: value }))}
            />
          )}
          {roles.length > 0 && (
            <Owners
              roles={roles}
              owners={owners}
              onSet={(role, person) => setChosen((before) => ({ ...before, [role]: person }))}
            />
          )}
          {save.error && <Notice tone="bad">{save.error.message}</Notice>}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!preview.data || preview.isPlaceholderData}
          >
            {t.start}
          </Button>
        </form>
      </Card>
      <div className={ui.stack}>
        {preview.error && <Notice tone="bad">{preview.error.message}</Notice>}
        {preview.data ? (
          <StartPreview preview={preview.data} asked={start} isBehind={preview.isPlaceholderData} />
        ) : (
          !preview.error && (
            <div aria-busy="true" role="status" aria-label={t.computing} className={ui.hint} />
          )
        )}
      </div>
    </>
  );
}

function Parameters(props: {
  of: PlaybookParameter[];
  values: Record<string, unknown>;
  onSet: (name: string, value: unknown) => void;
}) {
  return (
    <fieldset className={s.fieldset}>
      <legend>{t.parameters}</legend>
      {props.of.map((one) => {
        const value = props.values[one.id] ?? one.default;
        if (one.type === 'boolean')
          return (
            <Checkbox
              key={one.id}
              size="xs"
              label={one.title}
              checked={value === true}
              onChange={(event) => props.onSet(one.id, event.currentTarget.checked)}
            />
          );
        if (one.type === 'choice')
          return (
            <NativeSelect
              key={one.id}
              size="xs"
              label={one.title}
              value={String(value ?? '')}
              data={one.options ?? []}
              onChange={(event) => props.onSet(one.id, event.currentTarget.value)}
            />
          );
        if (one.type === 'number')
          return (
            <TextInput
              key={one.id}
              size="xs"
              type="number"
              step="any"
              label={one.title}
              defaultValue={typeof value === 'number' ? value : undefined}
              onChange={(event) => {
                const next = event.currentTarget.valueAsNumber;
                props.onSet(one.id, Number.isFinite(next) ? next : undefined);
              }}
            />
          );
        return (
          <TextInput
            key={one.id}
            size="xs"
            type={one.type === 'date' ? 'date' : 'text'}
            label={one.title}
            defaultValue={typeof value === 'string' ? value : ''}
            onChange={(event) => props.onSet(one.id, event.currentTarget.value || undefined)}
          />
        );
      })}
    </fieldset>
  );
}

function Owners(props: {
  roles: PlaybookRole[];
  owners: Record<string, string>;
  onSet: (role: string, person: string) => void;
}) {
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  return (
    <fieldset className={s.fieldset}>
      <legend>{t.owners}</legend>
      <p className={ui.hint}>{t.ownersHint}</p>
      {props.roles.map((role) => (
        <NativeSelect
          key={role.role}
          size="xs"
          label={roleWords(role.role)}
          value={props.owners[role.role] ?? ''}
          data={[
            { value: '', label: texts.change.nobody },
            ...colleagues.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(event) => props.onSet(role.role, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}
