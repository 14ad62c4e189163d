import { NativeSelect } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { count } from '@/lib/format';
import { texts } from '@/texts/quality';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import { ShareBar } from '@/ui/share-bar';
import table from '@/ui/table.module.css';
import { shareText } from './figures';
import s from './quality.module.css';
import { type FieldQuality, fieldsQuery } from './quality-api';
import type { QualitySearch } from './quality-search';

const t = texts.fields;
const kinds = ['strings', 'numbers', 'booleans', 'objects', 'arrays'] as const;
const good = 0.99;
const poor = 0.9;

export function Fields(props: {
  customer: string;
  search: QualitySearch;
  types: string[];
  onSearch: (change: Partial<QualitySearch>) => void;
}) {
  const { search, types } = props;
  const { data, error } = useQuery(fieldsQuery(props.customer, search));
  const fields = data?.items ?? [];
  return (
    <>
      <div className={s.filters}>
        <NativeSelect
          size="xs"
          aria-label={t.filter}
          value={search.type ?? ''}
          onChange={(event) => props.onSearch({ type: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t.anyType },
            ...[...new Set([...types, ...(search.type ? [search.type] : [])])],
          ]}
        />
        <span className={s.hint}>{data && t.shown(count(fields.length))}</span>
      </div>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data && fields.length === 0 && (
        <Empty icon={<IconColumns size={24} stroke={1.6} />} title={t.noneTitle}>
          {t.none}
        </Empty>
      )}
      {fields.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section className={table.wrap} aria-label={t.title} tabIndex={0}>
          <table className={`${table.table} ${table.stack}`}>
            <thead>
              <tr>
                <th scope="col">{t.columns.field}</th>
                <th scope="col">{t.columns.completeness}</th>
                <th scope="col" className={table.right}>
                  {t.columns.missing}
                </th>
                <th scope="col" className={table.right}>
                  {t.columns.nulls}
                </th>
                <th scope="col" className={table.right}>
                  {t.columns.blanks}
                </th>
                <th scope="col" className={table.low}>
                  {t.columns.kinds}
                </th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <Row key={`${field.eventType}${field.field}`} field={field} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function Row({ field }: { field: FieldQuality }) {
  const share = Number(field.completeness ?? 0);
  return (
    <tr>
      <td>
        <span className={table.mono}>{field.field === '*' ? t.others : field.field}</span>
        <div className={table.muted}>{field.eventType}</div>
      </td>
      <td>
        <ShareBar
          share={share}
          text={shareText(field.completeness)}
          tone={share >= good ? 'ok' : share >= poor ? 'warn' : 'bad'}
        />
      </td>
      {([field.missing, field.nulls, field.blanks] as const).map((value, at) => (
        <td
          key={[t.columns.missing, t.columns.nulls, t.columns.blanks][at]}
          className={`num ${table.right} ${table.phoneHide}`}
        >
          {value === 0 ? <span className={table.muted}>0</span> : count(value)}
        </td>
      ))}
      <td className={table.low}>
        {kinds
          .filter((kind) => field.types[kind] > 0)
          .map((kind) => t.kinds[kind])
          .join(', ')}{' '}
        {field.oddTypes > 0 && (
          <Pill tone="warn" plain>
            {t.odd(count(field.oddTypes))}
          </Pill>
        )}
      </td>
    </tr>
  );
}
