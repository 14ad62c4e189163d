import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Customer, Money } from '@/api/types';
import { day, money } from '@/lib/format';
import { texts } from '@/texts/customer-page';
import { texts as records } from '@/texts/customers';
import { Notice } from '@/ui/notice';
import s from './edit-facts.module.css';
import { type Conflict, useChangeCustomer } from './use-change-customer';
import { plans, slaTiers, stages, stageText, verticals, verticalText } from './words';

const t = texts.inPlace;
const f = records.form;

/** A member of the record that is edited where it stands. */
interface Field {
  member:
    | 'stage'
    | 'industry'
    | 'vertical'
    | 'timeZone'
    | 'plan'
    | 'slaTier'
    | 'acv'
    | 'contractStart'
    | 'contractEnd'
    | 'renewalDate'
    | 'paymentTerms';
  label: string;
  type?: 'date' | 'money';
  /** The words to choose from. */
  words?: string[];
  say?: (word: string) => string;
  /** Whether it must have a value. */
  isRequired?: boolean;
}

export const contractFields: Field[] = [
  { member: 'acv', label: f.acvAmount, type: 'money' },
  { member: 'contractStart', label: f.contractStart, type: 'date' },
  { member: 'contractEnd', label: f.contractEnd, type: 'date' },
  { member: 'renewalDate', label: f.renewalDate, type: 'date' },
  { member: 'paymentTerms', label: f.paymentTerms },
  { member: 'plan', label: f.plan, words: plans },
  { member: 'slaTier', label: f.slaTier, words: slaTiers },
];

export const profileFields: Field[] = [
  { member: 'stage', label: f.stage, words: stages, say: stageText, isRequired: true },
  { member: 'industry', label: f.industry },
  { member: 'vertical', label: f.vertical, words: verticals, say: verticalText },
  { member: 'timeZone', label: f.timeZone, isRequired: true },
];

const shown = (field: Field, value: Customer[Field['member']]) => {
  if (value === null || value === undefined) return '';
  if (field.type === 'money') return money(value as Money, true);
  if (field.type === 'date') return day(value as string);
  return field.say ? field.say(value as string) : (value as string);
};

const typed = (field: Field, value: Customer[Field['member']]) =>
  field.type === 'money' && value
    ? `${(value as Money).amount} ${(value as Money).currency}`
    : ((value as string) ?? '');

/** What was typed, as the API takes it: "148000 GBP" is an amount and its currency. */
export function readField(field: Pick<Field, 'type'>, text: string) {
  const value = text.trim();
  if (!value) return null;
  if (field.type !== 'money') return value;
  const [amount = '', currency = ''] = value.split(/\s+/);
  return { amount: amount.replace(/,/g, ''), currency: currency.toUpperCase() };
}

/** Facts that are changed where they stand: Enter begins and saves, Esc restores, Tab saves and goes on to the next. */
export function EditFacts({ customer, fields }: { customer: Customer; fields: Field[] }) {
  const { change, conflict, keepTheirs, useMine } = useChangeCustomer(customer.id);
  const [editing, setEditing] = useState<number>();
  const list = useRef<HTMLDListElement>(null);
  const back = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-value]')[at]?.focus());
  /** `by` is how far Tab goes on; zero when the reader left for somewhere else, whose focus is not taken away. */
  const finish = (at: number, text: string | undefined, by?: number) => {
    const field = fields[at];
    const next = by ? placeAfter(at, by, fields.length) : undefined;
    setEditing(next);
    if (next === undefined && by !== 0) back(at);
    if (!field || text === undefined || (field.isRequired && !text.trim())) return;
    change(customer, field.member, field.label, readField(field, text));
  };
  return (
    <>
      {conflict && (
        <Disagreement conflict={conflict} fields={fields} onTheirs={keepTheirs} onMine={useMine} />
      )}
      <dl className={s.facts} ref={list} title={t.hint}>
        {fields.map((field, at) => {
          const value = customer[field.member];
          return (
            <div key={field.member} className={s.fact}>
              <dt>{field.label}</dt>
              <dd>
                {editing === at ? (
                  <Editor
                    field={field}
                    text={typed(field, value)}
                    onDone={(text, by) => finish(at, text, by)}
                  />
                ) : (
                  <UnstyledButton
                    className={s.value}
                    data-value
                    data-empty={!value}
                    aria-label={t.change(field.label, shown(field, value) || '–')}
                    onClick={() => setEditing(at)}
                  >
                    {shown(field, value) || '–'}
                  </UnstyledButton>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

const placeAfter = (at: number, by: number, length: number) => {
  const next = at + by;
  return next >= 0 && next < length ? next : undefined;
};

function Editor(props: { field: Field; text: string; onDone: (text?: string, by?: number) => void }) {
  const { field, text } = props;
  const done = useRef(false);
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    input.current?.focus();
    if (input.current instanceof HTMLInputElement) input.current.select();
  }, []);
  const finish = (value?: string, by?: number) => {
    // Leaving after Enter or Escape is also a blur, which must not save a second time.
    if (done.current) return;
    done.current = true;
    props.onDone(value, by);
  };
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const value = input.current?.value;
    if (event.key === 'Enter') finish(value);
    else if (event.key === 'Escape') finish(undefined);
    else if (event.key === 'Tab') finish(value, event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const common = {
    ref: input,
    size: 'xs' as const,
    'aria-label': field.label,
    defaultValue: text,
    onKeyDown: keys,
    onBlur: () => finish(input.current?.value, 0),
  };
  return field.words ? (
    <NativeSelect
      {...common}
      data={[
        ...(field.isRequired ? [] : [{ value: '', label: f.notSet }]),
        ...field.words.map((word) => ({ value: word, label: field.say ? field.say(word) : word })),
      ]}
    />
  ) : (
    <TextInput
      {...common}
      type={field.type === 'date' ? 'date' : 'text'}
      placeholder={field.type === 'money' ? '148000 GBP' : undefined}
      list={field.member === 'timeZone' ? 'time-zones' : undefined}
    />
  );
}

function Disagreement(props: {
  conflict: Conflict;
  fields: Field[];
  onTheirs: () => void;
  onMine: () => void;
}) {
  const { conflict } = props;
  const field = props.fields.find((one) => one.member === conflict.member);
  if (!field) return null;
  return (
    <div className={s.conflict}>
      <Notice tone="bad">
        {t.conflictTitle(conflict.label)}
        <dl className={s.both}>
          <dt>{t.theirs}</dt>
          <dd>{shown(field, conflict.theirs[field.member]) || '–'}</dd>
          <dt>{t.yours}</dt>
          <dd>{shown(field, conflict.yours[field.member] as Customer[Field['member']]) || '–'}</dd>
        </dl>
        <span className={s.choice}>
          <Button size="compact-xs" variant="default" onClick={props.onTheirs}>
            {t.keepTheirs}
          </Button>
          <Button size="compact-xs" onClick={props.onMine}>
            {t.useMine}
          </Button>
        </span>
      </Notice>
    </div>
  );
}
