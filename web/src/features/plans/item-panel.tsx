import { ActionIcon, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { colleaguesQuery } from '@/api/people';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/plans';
import { Steps } from '@/ui/derivation';
import { Facts } from '@/ui/facts';
import { Pill } from '@/ui/primitives';
import { useDesk } from './desk';
import { ItemChecklist } from './item-checklist';
import { ItemDates } from './item-dates';
import { ItemDependencies } from './item-dependencies';
import { ItemHistory } from './item-history';
import s from './item-panel.module.css';
import { ItemTime } from './item-time';
import { itemStates } from './plans-search';
import type { ItemState, PlanItem } from './types';
import { roleWords, stateTone } from './words';

const t = texts.item;

/** Everything about one item, beside the view it was opened from; the view stays usable. */
export function ItemPanel({ item }: { item: PlanItem }) {
  const { open, plan } = useDesk();
  const panel = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    panel.current?.focus({ preventScroll: true });
  }, []);
  const close = () => {
    const back = opener.current;
    open(undefined);
    if (back instanceof HTMLElement) requestAnimationFrame(() => back.focus({ preventScroll: true }));
  };
  const phase = plan.phases.find((one) => one.id === item.phase);
  return (
    <section
      ref={panel}
      className={s.panel}
      aria-label={t.label(item.title)}
      tabIndex={-1}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <div className={s.head}>
        <div className={s.kind}>
          {texts.gantt.kinds[item.kind]}
          {phase && ` · ${phase.title}`}
        </div>
        <ActionIcon aria-label={common.close} onClick={close}>
          <IconX size={17} stroke={1.7} />
        </ActionIcon>
        <h2 className={s.title}>{item.title}</h2>
        <div className={s.pills}>
          <Pill tone={item.late ? 'bad' : stateTone(item.state)} dot>
            {item.late ? texts.gantt.late : texts.states[item.state]}
          </Pill>
          {item.critical && item.state !== 'done' && <Pill tone="bad">{texts.gantt.onCriticalPath}</Pill>}
          {item.audience !== 'internal' && <Pill tone="info">{t.audiences[item.audience]}</Pill>}
        </div>
      </div>
      {item.details && <p className={s.details}>{item.details}</p>}
      <Work item={item} />
      <ItemDates item={item} />
      <Why item={item} />
      <ItemDependencies item={item} />
      {item.checklist.length > 0 && <ItemChecklist item={item} />}
      <ItemTime item={item} />
      <ItemHistory item={item} />
    </section>
  );
}

/** State, owner, share and effort, each changed where it stands. */
function Work({ item }: { item: PlanItem }) {
  const { change } = useDesk();
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const people =
    item.owner && !colleagues.some((one) => one.id === item.owner?.id)
      ? [item.owner, ...colleagues]
      : colleagues;
  return (
    <div className={s.fields}>
      <NativeSelect
        size="xs"
        label={t.state}
        value={item.state}
        data={itemStates.map((state) => ({ value: state, label: texts.states[state] }))}
        onChange={(event) => {
          const state = event.currentTarget.value as ItemState;
          void change(item, { state }, { said: texts.change.stateSet(item.title, texts.states[state]) });
        }}
      />
      <NativeSelect
        size="xs"
        label={t.owner}
        value={item.owner?.id ?? ''}
        data={[
          { value: '', label: texts.change.nobody },
          ...people.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(event) => {
          const owner = people.find((one) => one.id === event.currentTarget.value) ?? null;
          void change(
            item,
            { owner: owner?.id ?? null },
            { owner, said: texts.change.ownerSet(item.title, owner?.name ?? texts.change.nobody) },
          );
        }}
      />
      {item.kind !== 'milestone' && (
        <>
          <Amount
            key={`done ${item.percentDone}`}
            label={t.percent}
            value={item.percentDone}
            most={100}
            onSave={(percentDone) =>
              void change(
                item,
                {
                  percentDone,
                  state: percentDone === 100 ? 'done' : percentDone > 0 ? 'in-progress' : item.state,
                },
                { said: texts.change.percentSet(item.title, percentDone) },
              )
            }
          />
          <Amount
            key={`effort ${item.effortHours}`}
            label={t.effort}
            value={item.effortHours ?? undefined}
            most={9_999}
            onSave={(effortHours) =>
              void change(item, { effortHours }, { said: texts.change.effortSet(item.title) })
            }
          />
        </>
      )}
      <div className={s.wide}>
        <Facts
          rows={[
            [t.role, item.role ? roleWords(item.role) : null],
            [t.slack, t.slackDays(item.slackDays)],
          ]}
        />
      </div>
      <details className={s.wide}>
        <summary className={s.more}>{t.describe}</summary>
        <Textarea
          key={item.details ?? ''}
          size="xs"
          rows={4}
          aria-label={t.details}
          defaultValue={item.details ?? ''}
          onBlur={(event) => {
            const details = event.currentTarget.value.trim() || null;
            if (details !== item.details)
              void change(item, { details }, { said: texts.change.detailsSet(item.title) });
          }}
        />
      </details>
    </div>
  );
}

/** A number that is saved with Enter or by leaving; Escape puts it back. */
function Amount(props: {
  label: string;
  value: number | undefined;
  most: number;
  onSave: (value: number) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const save = () => {
    const value = Number.parseFloat(input.current?.value ?? '');
    if (Number.isFinite(value) && value !== props.value)
      props.onSave(Math.min(Math.max(value, 0), props.most));
  };
  return (
    <TextInput
      ref={input}
      size="xs"
      type="number"
      label={props.label}
      defaultValue={props.value}
      min={0}
      max={props.most}
      step="any"
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}

/** How its dates came about. */
function Why({ item }: { item: PlanItem }) {
  if (item.why.length === 0) return null;
  return (
    <section className={s.part} aria-label={t.why}>
      <details>
        <summary className={s.more}>{t.why}</summary>
        <div className={s.why}>
          <Steps of={item.why} />
        </div>
      </details>
    </section>
  );
}
