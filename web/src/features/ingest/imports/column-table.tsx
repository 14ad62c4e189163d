import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { texts } from '@/texts/imports';
import { Card } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import s from './imports.module.css';
import type { FilePreview } from './imports-api';
import { fieldTypes, isNumber, type MappedColumn, type Mapping } from './mapping';

const t = texts.add;
const shownValues = 3;
const isDated = (column: MappedColumn) => column.type === 'date' || column.type === 'timestamp';

/** Each column with its first values and what becomes of it. */
export function ColumnTable(props: {
  file: FilePreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { file, mapping } = props;
  const set = (name: string, change: Partial<MappedColumn>) =>
    props.onChange({
      ...mapping,
      columns: mapping.columns.map((one) => (one.column === name ? { ...one, ...change } : one)),
    });
  return (
    <Card title={t.columnsTitle} sub={t.columnsSub} pad={false}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={s.scroll} aria-label={t.columnsTitle} tabIndex={0}>
        <table className={`${table.table} ${table.inCard} ${s.columns}`}>
          <thead>
            <tr>
              <th scope="col">{t.column}</th>
              <th scope="col">{t.sample}</th>
              <th scope="col">{t.member}</th>
              <th scope="col">{t.type}</th>
              <th scope="col">{t.required}</th>
              <th scope="col">{t.sum}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column, at) => (
              <Row
                key={column.column}
                column={column}
                values={file.rows.slice(0, shownValues).map((row) => row[at] ?? '')}
                onChange={(change) => set(column.column, change)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function Row(props: {
  column: MappedColumn;
  values: string[];
  onChange: (change: Partial<MappedColumn>) => void;
}) {
  const { column, onChange } = props;
  return (
    <tr data-out={!column.taken || undefined}>
      <td>
        <Checkbox
          size="xs"
          checked={column.taken}
          label={column.column}
          aria-label={t.take(column.column)}
          onChange={(event) => onChange({ taken: event.currentTarget.checked })}
        />
      </td>
      <td className={`${table.mono} ${s.values}`}>{props.values.filter(Boolean).join(' · ') || '–'}</td>
      <td>
        <TextInput
          size="xs"
          w={150}
          disabled={!column.taken}
          aria-label={t.of(t.member, column.column)}
          value={column.name}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </td>
      <td>
        <div className={s.typeCell}>
          <NativeSelect
            size="xs"
            disabled={!column.taken}
            aria-label={t.of(t.type, column.column)}
            value={column.type}
            onChange={(event) => {
              const type = fieldTypes.find((one) => one === event.currentTarget.value) ?? 'text';
              onChange({ type, summed: column.summed && isNumber(type) });
            }}
            data={fieldTypes.map((type) => ({ value: type, label: t.types[type] }))}
          />
          {column.taken && column.type === 'money' && (
            <TextInput
              size="xs"
              w={64}
              maxLength={3}
              placeholder="GBP"
              aria-label={t.of(t.currency, column.column)}
              value={column.currency}
              onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
            />
          )}
          {column.taken && isDated(column) && (
            <TextInput
              size="xs"
              w={170}
              aria-label={t.of(t.format, column.column)}
              value={column.format ?? ''}
              spellCheck={false}
              onChange={(event) => onChange({ format: event.currentTarget.value || null })}
            />
          )}
        </div>
      </td>
      <td>
        <Checkbox
          size="xs"
          disabled={!column.taken}
          checked={column.taken && column.required}
          aria-label={t.of(t.required, column.column)}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      </td>
      <td>
        {isNumber(column.type) && (
          <Checkbox
            size="xs"
            disabled={!column.taken}
            checked={column.taken && column.summed}
            aria-label={t.of(t.sum, column.column)}
            onChange={(event) => onChange({ summed: event.currentTarget.checked })}
          />
        )}
      </td>
    </tr>
  );
}
