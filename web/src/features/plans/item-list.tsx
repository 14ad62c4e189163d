import { Button, Checkbox, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconCheck, IconSearch, IconSearchOff, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { colleaguesQuery } from '@/api/people';
import { weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Empty } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { useDesk } from './desk';
import s from './item-list.module.css';
import { type Column, columns, listedItems, nobody, sortingOf } from './list-of-items';
import { itemStates, type PlanSearch } from './plans-search';
import type { ItemState, PlanItem } from './types';

const t = texts.list;
const filterDelayMs = 150;
const none: ReadonlySet<string> = new Set();

/** All items as a table: filters and sorting stand in the address, state and owner are changed in their cell. */
export default function ItemList({ search }: { search: PlanSearch }) {
  const { plan } = useDesk();
  const navigate = useNavigate({ from: '/customers/$id/plans/$plan' });
  const [selected, setSelected] = useState(none);
  const rows = useMemo(() => listedItems(plan.items, search), [plan.items, search]);
  const sorting = sortingOf(search.sort);
  const set = (change: Partial<PlanSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const sort = (column: Column) =>
    set({ sort: `${column}.${sorting.column === column && !sorting.down ? 'desc' : 'asc'}` });
  const select = (ids: string[], on: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) on ? after.add(id) : after.delete(id);
      return after;
    });
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id));
  const chosen = rows.filter((row) => selected.has(row.id));
  return (
    <>
      <Filters search={search} onSet={set} />
      {rows.length === 0 ? (
        <Empty
          icon={<IconSearchOff size={24} stroke={1.6} />}
          title={t.emptyTitle}
          actions={
            <Button
              variant="default"
              onClick={() => set({ q: undefined, state: undefined, owner: undefined, phase: undefined })}
            >
              {t.clear}
            </Button>
          }
        >
          {t.empty}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section className={table.wrap} aria-label={t.label} tabIndex={0}>
          <table className={`${table.table} ${table.stack}`}>
            <thead>
              <tr>
                <th scope="col">
                  <Checkbox
                    size="xs"
                    aria-label={t.selectAll}
                    checked={all}
                    indeterminate={!all && chosen.length > 0}
                    onChange={() =>
                      select(
                        rows.map((row) => row.id),
                        !all,
                      )
                    }
                  />
                </th>
                {columns.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className={column === 'slack' ? table.low : undefined}
                    aria-sort={
                      sorting.column === column ? (sorting.down ? 'descending' : 'ascending') : undefined
                    }
                  >
                    <UnstyledButton className={table.sort} onClick={() => sort(column)}>
                      {t.columns[column]}
                      {sorting.column === column &&
                        (sorting.down ? (
                          <IconArrowDown size={12} aria-hidden />
                        ) : (
                          <IconArrowUp size={12} aria-hidden />
                        ))}
                    </UnstyledButton>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((item) => (
                <Row
                  key={item.id}
                  item={item}
                  selected={selected.has(item.id)}
                  onSelect={(on) => select([item.id], on)}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Bulk items={chosen} onClear={() => setSelected(none)} />
    </>
  );
}

function Filters({ search, onSet }: { search: PlanSearch; onSet: (change: Partial<PlanSearch>) => void }) {
  const { plan } = useDesk();
  const setWords = useDebouncedCallback((q: string) => onSet({ q: q || undefined }), filterDelayMs);
  const owners = new Map(
    plan.items.flatMap((item) => (item.owner ? [[item.owner.id, item.owner.name]] : [])),
  );
  const value = (text: string) => text || undefined;
  return (
    <div className={`${ui.toolbar} no-print`}>
      <TextInput
        key={search.q === undefined ? 'blank' : 'filled'}
        size="xs"
        aria-label={t.filter}
        placeholder={t.filter}
        leftSection={<IconSearch size={14} />}
        defaultValue={search.q}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t.columns.state}
        value={search.state ?? ''}
        data={[
          { value: '', label: t.anyState },
          ...itemStates.map((one) => ({ value: one, label: texts.states[one] })),
        ]}
        onChange={(event) => onSet({ state: value(event.currentTarget.value) as ItemState | undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label={t.columns.owner}
        value={search.owner ?? ''}
        data={[
          { value: '', label: t.anyOwner },
          { value: nobody, label: texts.change.nobody },
          ...[...owners].map(([id, name]) => ({ value: id, label: name })),
        ]}
        onChange={(event) => onSet({ owner: value(event.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        aria-label={t.phase}
        value={search.phase ?? ''}
        data={[
          { value: '', label: t.anyPhase },
          ...plan.phases.map((phase) => ({ value: phase.id, label: phase.title })),
        ]}
        onChange={(event) => onSet({ phase: value(event.currentTarget.value) })}
      />
    </div>
  );
}

function Row(props: { item: PlanItem; selected: boolean; onSelect: (on: boolean) => void }) {
  const { item } = props;
  const { open, spanOf, tinted, plan } = useDesk();
  const span = spanOf(item);
  const isUndated = item.undated && span.start === item.start;
  const phase = plan.phases.find((one) => one.id === item.phase);
  return (
    <tr
      data-selected={props.selected}
      data-row={item.id}
      className={tinted.has(item.id) ? s.tinted : undefined}
    >
      <td className={table.phoneHide}>
        <Checkbox
          size="xs"
          aria-label={t.select(item.title)}
          checked={props.selected}
          onChange={(event) => props.onSelect(event.currentTarget.checked)}
        />
      </td>
      <td>
        <UnstyledButton className={table.rowLink} data-open onClick={() => open(item.id)}>
          {item.title}
        </UnstyledButton>
        <div className={table.muted}>
          {texts.gantt.kinds[item.kind]}
          {phase && ` · ${phase.title}`}
        </div>
      </td>
      <td>
        <StateCell item={item} />
      </td>
      <td>
        <OwnerCell item={item} />
      </td>
      <td className={`num ${table.nowrap}`} data-label={t.columns.start}>
        {isUndated ? '–' : weekdayDay(span.start)}
      </td>
      <td className={`num ${table.nowrap}`} data-label={t.columns.finish} data-late={item.late}>
        <span className={item.late ? s.late : undefined}>{isUndated ? '–' : weekdayDay(span.finish)}</span>
      </td>
      <td className={`num ${table.nowrap}`} data-label={t.columns.effort}>
        {item.effortHours ? texts.hours(item.effortHours) : '–'}
      </td>
      <td className={`num ${table.low}`}>{item.slackDays === null ? '–' : t.days(item.slackDays)}</td>
    </tr>
  );
}

function StateCell({ item }: { item: PlanItem }) {
  const { change } = useDesk();
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      className={s.cell}
      aria-label={t.stateOf(item.title)}
      value={item.state}
      data={itemStates.map((state) => ({ value: state, label: texts.states[state] }))}
      onChange={(event) => {
        const state = event.currentTarget.value as ItemState;
        void change(item, { state }, { said: texts.change.stateSet(item.title, texts.states[state]) });
      }}
    />
  );
}

/** A name until it is pressed: a choice of everybody in each of some hundred rows would make the page slow. */
function OwnerCell({ item }: { item: PlanItem }) {
  const [editing, setEditing] = useState(false);
  const label = t.ownerOf(item.title);
  const name = item.owner?.name ?? texts.change.nobody;
  if (editing) return <OwnerSelect item={item} label={label} onDone={() => setEditing(false)} />;
  return (
    <UnstyledButton className={s.owner} aria-label={`${label}: ${name}`} onClick={() => setEditing(true)}>
      {name}
    </UnstyledButton>
  );
}

function OwnerSelect({ item, label, onDone }: { item: PlanItem; label: string; onDone: () => void }) {
  const { change } = useDesk();
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const people =
    item.owner && !colleagues.some((one) => one.id === item.owner?.id)
      ? [item.owner, ...colleagues]
      : colleagues;
  return (
    <NativeSelect
      size="xs"
      autoFocus
      className={s.cell}
      aria-label={label}
      value={item.owner?.id ?? ''}
      data={[
        { value: '', label: texts.change.nobody },
        ...people.map((one) => ({ value: one.id, label: one.name })),
      ]}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
      onChange={(event) => {
        const owner = people.find((one) => one.id === event.currentTarget.value) ?? null;
        onDone();
        void change(
          item,
          { owner: owner?.id ?? null },
          { owner, said: texts.change.ownerSet(item.title, owner?.name ?? texts.change.nobody) },
        );
      }}
    />
  );
}

/** What can be done to the selected items at once. */
function Bulk({ items, onClear }: { items: PlanItem[]; onClear: () => void }) {
  const { change } = useDesk();
  if (items.length === 0) return null;
  const finish = async () => {
    onClear();
    for (const item of items.filter((one) => one.state !== 'done')) await change(item, { state: 'done' });
  };
  return (
    <section className={`${s.bulk} no-print`} aria-label={t.bulk}>
      <span aria-live="polite">{t.selected(items.length)}</span>
      <Button leftSection={<IconCheck size={15} />} onClick={() => void finish()}>
        {t.markDone}
      </Button>
      <Button variant="default" leftSection={<IconX size={15} />} onClick={onClear}>
        {t.clearSelection}
      </Button>
    </section>
  );
}
