import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { texts } from '@/texts/plans';
import { useDesk } from './desk';
import s from './item-panel.module.css';
import type { Dependency, DependencyKind, PlanItem } from './types';

const t = texts.item;
const kinds: DependencyKind[] = ['FS', 'SS', 'FF', 'SF'];

/** What it waits for and what waits for it. A dependency is tried like a move, because it may move what hangs on it. */
export function ItemDependencies({ item }: { item: PlanItem }) {
  const { plan, draft, open } = useDesk();
  const [adding, setAdding] = useState(false);
  const titles = new Map(plan.items.map((one) => [one.id, one.title]));
  const waiting = plan.items.filter((one) => one.after.some((dependency) => dependency.item === item.id));
  const isGoing = (dependency: Dependency) =>
    draft.changes.some(
      (one) =>
        'removeDependency' in one &&
        one.item === item.id &&
        one.removeDependency.item === dependency.item &&
        one.removeDependency.kind === dependency.kind,
    );
  return (
    <section className={s.part} aria-label={t.dependencies}>
      <h3 className={s.partTitle}>{t.dependencies}</h3>
      {item.after.length === 0 && waiting.length === 0 && <p className={s.note}>{t.noDependencies}</p>}
      <ul className={s.links}>
        {item.after.map((dependency) => (
          <li key={`${dependency.item} ${dependency.kind}`} data-going={isGoing(dependency)}>
            <span className={s.linkText}>
              <small>{t.waits(t.kinds[dependency.kind], dependency.lagDays)}</small>
              <button type="button" className={s.link} onClick={() => open(dependency.item)}>
                {titles.get(dependency.item) ?? dependency.item}
              </button>
            </span>
            <ActionIcon
              size="sm"
              aria-label={t.removeDependency(titles.get(dependency.item) ?? '')}
              disabled={isGoing(dependency)}
              onClick={() => draft.propose({ item: item.id, removeDependency: dependency }, item)}
            >
              <IconTrash size={14} stroke={1.7} />
            </ActionIcon>
          </li>
        ))}
        {waiting.map((one) => (
          <li key={one.id}>
            <span className={s.linkText}>
              <small>{t.waitedFor}</small>
              <button type="button" className={s.link} onClick={() => open(one.id)}>
                {one.title}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {adding ? (
        <NewDependency item={item} onDone={() => setAdding(false)} />
      ) : (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => setAdding(true)}
        >
          {t.addDependency}
        </Button>
      )}
    </section>
  );
}

function NewDependency({ item, onDone }: { item: PlanItem; onDone: () => void }) {
  const { plan, draft } = useDesk();
  const taken = new Set([item.id, ...item.after.map((one) => one.item)]);
  const choices = plan.items
    .filter((one) => !taken.has(one.id) && one.state !== 'cancelled')
    .toSorted((left, right) => left.start.localeCompare(right.start));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const addDependency: Dependency = {
      item: String(form.get('item')),
      kind: kinds.find((kind) => kind === form.get('kind')) ?? 'FS',
      lagDays: Number.parseInt(String(form.get('lag')), 10) || 0,
    };
    draft.propose({ item: item.id, addDependency }, item);
    onDone();
  };
  return (
    <form className={s.newLink} onSubmit={submit}>
      <NativeSelect
        size="xs"
        name="item"
        label={t.waitsFor}
        data={choices.map((one) => ({ value: one.id, label: one.title }))}
      />
      <div className={s.fields}>
        <NativeSelect
          size="xs"
          name="kind"
          label={t.kind}
          data={kinds.map((kind) => ({ value: kind, label: t.kindNames[kind] }))}
        />
        <TextInput size="xs" type="number" name="lag" label={t.lag} defaultValue={0} min={-99} max={999} />
      </div>
      <div className={s.buttons}>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          {texts.cancel}
        </Button>
        <Button type="submit" size="compact-sm" disabled={choices.length === 0}>
          {t.tryIt}
        </Button>
      </div>
    </form>
  );
}
