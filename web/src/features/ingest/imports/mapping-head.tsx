import { NativeSelect, TextInput } from '@mantine/core';
import { texts } from '@/texts/imports';
import { Card } from '@/ui/primitives';
import s from './imports.module.css';
import type { Mapping } from './mapping';

const t = texts.add;

/** What every row records, how rows are told apart, and when it happened. */
export function MappingHead(props: {
  mapping: Mapping;
  known: string[];
  onChange: (mapping: Mapping) => void;
}) {
  const { mapping } = props;
  const set = (change: Partial<Mapping>) => props.onChange({ ...mapping, ...change });
  const columns = mapping.columns.map((column) => column.column);
  const timeFormat = (column: string) =>
    mapping.columns.find((one) => one.column === column)?.format ?? mapping.timeFormat;
  return (
    <Card title={t.whatTitle}>
      <div className={s.mapping}>
        <TextInput
          label={t.event}
          description={t.eventText}
          list="known-events"
          value={mapping.event}
          onChange={(event) => set({ event: event.currentTarget.value })}
        />
        <datalist id="known-events">
          {props.known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextInput
          label={t.source}
          description={t.sourceText}
          value={mapping.source}
          onChange={(event) => set({ source: event.currentTarget.value })}
        />
        <NativeSelect
          label={t.id}
          description={t.idText}
          value={mapping.id}
          onChange={(event) => set({ id: event.currentTarget.value })}
          data={[{ value: '', label: t.byPlace }, ...columns]}
        />
        <NativeSelect
          label={t.subject}
          description={t.subjectText}
          value={mapping.subject}
          onChange={(event) => set({ subject: event.currentTarget.value })}
          data={[{ value: '', label: t.noSubject }, ...columns]}
        />
        <NativeSelect
          label={t.time}
          value={mapping.timeColumn}
          onChange={(event) =>
            set({ timeColumn: event.currentTarget.value, timeFormat: timeFormat(event.currentTarget.value) })
          }
          data={[{ value: '', label: '–' }, ...columns]}
        />
        <TextInput
          label={t.timeFormat}
          value={mapping.timeFormat}
          spellCheck={false}
          onChange={(event) => set({ timeFormat: event.currentTarget.value })}
        />
        <TextInput
          label={t.zone}
          value={mapping.zone}
          spellCheck={false}
          onChange={(event) => set({ zone: event.currentTarget.value })}
        />
      </div>
    </Card>
  );
}
