import { ActionIcon, Button, Checkbox, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconColumns3, IconSearch, IconUsers, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer } from '@/api/types';
import { count } from '@/lib/format';
import { texts } from '@/texts/customers';
import { Dialog } from '@/ui/dialog';
import ui from '@/ui/ui.module.css';
import s from './portfolio.module.css';
import { listed, viewTests } from './portfolio-list';
import { type PortfolioSearch, portfolioViews } from './portfolio-search';
import { optional } from './portfolio-table';
import { ViewActions } from './saved-views';
import { isChanged, savedViewsQuery, searchOf } from './saved-views-api';
import { plans, stages, stageText } from './words';

const t = texts.portfolio;
const filterDelayMs = 150;

interface Props {
  customers: Customer[];
  search: PortfolioSearch;
  now: number;
}

/** Everything that is chosen here stands in the address; a saved view is such an address under a name. */
export function PortfolioFilters({ customers, search, now }: Props) {
  const navigate = useNavigate({ from: '/customers' });
  const { data: saved = [] } = useQuery(savedViewsQuery);
  const active = saved.find((view) => view.id === search.saved);
  const set = (change: Partial<PortfolioSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setWords = useDebouncedCallback((q: string) => set({ q: q || undefined }), filterDelayMs);
  const mine = customers.some((one) => one.mine !== undefined);
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        <nav className={ui.views} aria-label={t.viewsLabel}>
          {portfolioViews
            .filter((view) => view !== 'mine' || mine)
            .map((view) => (
              <Link
                key={view}
                to="/customers"
                search={{ view: view === 'all' ? undefined : view }}
                className={ui.view}
                data-active={!active && (search.view ?? 'all') === view}
                aria-current={!active && (search.view ?? 'all') === view ? 'true' : undefined}
              >
                {t.views[view]}{' '}
                <span>{count(customers.filter((one) => viewTests[view](one, now)).length)}</span>
              </Link>
            ))}
          {saved.map((view) => (
            <Link
              key={view.id}
              to="/customers"
              search={searchOf(view)}
              className={ui.view}
              data-active={view === active}
              aria-current={view === active ? 'true' : undefined}
            >
              {view.shared && <IconUsers size={13} stroke={1.7} role="img" aria-label={t.saved.shared} />}
              {view.name} <span>{count(listed(customers, searchOf(view), now).length)}</span>
              {view === active && isChanged(view, search) && (
                <i className={s.changed} role="img" aria-label={t.saved.changed} />
              )}
            </Link>
          ))}
        </nav>
        <div className={`${s.filters} ${ui.spring}`}>
          <ViewActions search={search} active={active} />
          <TextInput
            key={search.q === undefined ? 'blank' : 'filled'}
            size="xs"
            w={{ base: '100%', sm: 200 }}
            className={s.words}
            placeholder={t.filter}
            aria-label={t.filterLabel}
            leftSection={<IconSearch size={14} />}
            defaultValue={search.q}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Selects customers={customers} search={search} onSet={set} />
          <Layout search={search} onSet={set} />
        </div>
      </div>
      <Chips customers={customers} search={search} onSet={set} />
    </>
  );
}

type Set = (change: Partial<PortfolioSearch>) => void;

function Selects({ customers, search, onSet }: Pick<Props, 'customers' | 'search'> & { onSet: Set }) {
  const select = (
    name: 'stage' | 'plan' | 'owner',
    any: string,
    choices: { value: string; label: string }[],
  ) => (
    <NativeSelect
      size="xs"
      aria-label={t[name]}
      value={search[name] ?? ''}
      onChange={(event) => onSet({ [name]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: any }, ...choices]}
    />
  );
  return (
    <>
      {select(
        'stage',
        t.anyStage,
        stages.map((value) => ({ value, label: stageText(value) })),
      )}
      {select(
        'plan',
        t.anyPlan,
        plans.map((value) => ({ value, label: value })),
      )}
      {select(
        'owner',
        t.anyOwner,
        ownersOf(customers).map(([value, label]) => ({ value, label })),
      )}
    </>
  );
}

/** Which columns are shown, and how close the rows stand; a saved view keeps both. */
function Layout({ search, onSet }: { search: PortfolioSearch; onSet: Set }) {
  const [open, setOpen] = useState(false);
  const hidden = search.hide?.split(',') ?? [];
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        visibleFrom="sm"
        aria-label={t.layout.title}
        onClick={() => setOpen(true)}
      >
        <IconColumns3 size={15} stroke={1.7} />
      </ActionIcon>
      <Dialog open={open} onClose={() => setOpen(false)} title={t.layout.title}>
        <form className={ui.choices}>
          {optional.map((column) => (
            <Checkbox
              key={column}
              size="sm"
              label={t.columns[column]}
              checked={!hidden.includes(column)}
              onChange={() =>
                onSet({
                  hide:
                    (hidden.includes(column)
                      ? hidden.filter((one) => one !== column)
                      : [...hidden, column]
                    ).join(',') || undefined,
                })
              }
            />
          ))}
          <Checkbox
            size="sm"
            label={t.layout.dense}
            checked={search.dense ?? false}
            onChange={() => onSet({ dense: search.dense ? undefined : true })}
          />
        </form>
      </Dialog>
    </>
  );
}

const ownersOf = (customers: Customer[]) =>
  [...new Map(customers.flatMap((one) => (one.owner ? [[one.owner.id, one.owner.name] as const] : [])))].sort(
    (left, right) => left[1].localeCompare(right[1]),
  );

/** Each filter as a word that is pressed to remove it. */
function Chips({ customers, search, onSet }: Pick<Props, 'customers' | 'search'> & { onSet: Set }) {
  const owners = new Map(ownersOf(customers));
  const chips: [keyof PortfolioSearch, string, string][] = [];
  if (search.q) chips.push(['q', '', t.chips.words(search.q)]);
  if (search.stage) chips.push(['stage', t.stage, stageText(search.stage)]);
  if (search.plan) chips.push(['plan', t.plan, search.plan]);
  if (search.owner) chips.push(['owner', t.owner, owners.get(search.owner) ?? search.owner]);
  if (chips.length === 0) return null;
  return (
    <section className={`${s.chips} no-print`} aria-label={t.chips.label}>
      {chips.map(([name, kind, value]) => (
        <UnstyledButton
          key={name}
          className={s.chip}
          aria-label={t.chips.remove(`${kind} ${value}`.trim())}
          onClick={() => onSet({ [name]: undefined })}
        >
          {kind && <i>{kind}</i>} {value} <IconX size={13} aria-hidden />
        </UnstyledButton>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        onClick={() => onSet({ q: undefined, stage: undefined, plan: undefined, owner: undefined })}
      >
        {t.chips.clear}
      </Button>
    </section>
  );
}
