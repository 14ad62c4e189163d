import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts } from '@/texts/customer-page';
import { Derivation } from '@/ui/derivation';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './calendar.module.css';
import { dueQuery } from './calendar-api';

const t = texts.calendar.due;
/** Milliseconds after the last key before the question is asked. */
const pause = 300;

/** Asks the calendar when something is due, and shows how the answer came about. */
export function DueCard({ customer, today }: { customer: string; today: string }) {
  const [from, setFrom] = useState(`${today}T09:00`);
  const [add, setAdd] = useState('8h');
  const [asked] = useDebouncedValue({ from, add: add.trim() }, pause);
  const { data, error } = useQuery({
    ...dueQuery(customer, asked.from, asked.add),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t.title} sub={t.sub}>
      <div className={s.due}>
        <div className={ui.formRow}>
          <TextInput
            size="sm"
            type="datetime-local"
            label={t.from}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value.slice(0, 16))}
          />
          <TextInput
            size="sm"
            label={t.add}
            value={add}
            onChange={(event) => setAdd(event.currentTarget.value)}
          />
        </div>
        <div className={ui.hint}>{t.addHint}</div>
        {error ? <Notice tone="warn">{error.message}</Notice> : data && <Derivation of={data.derivation} />}
      </div>
    </Card>
  );
}
