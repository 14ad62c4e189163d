import { Button, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count, instant, words } from '@/lib/format';
import { texts } from '@/texts/entities';
import table from '@/ui/table.module.css';
import s from './entities.module.css';
import type { EntityChange } from './entities-api';
import { valueText } from './values';

const t = texts.one;
const step = 25;

/** Every change with before and after; a click on its time shows the state then. */
export function EntityHistory(props: {
  customer: string;
  changes: EntityChange[];
  all: number;
  zone: string | null;
  asOf?: string;
  onAsOf: (asOf: string) => void;
  more?: () => void;
}) {
  const { changes, zone } = props;
  const [most, setMost] = useState(step);
  const asOf = props.asOf ? Date.parse(props.asOf) : Number.POSITIVE_INFINITY;
  const more = () => {
    if (most >= changes.length - step) props.more?.();
    setMost(most + step * 2);
  };
  const shown = changes.slice(0, most);
  return (
    <>
      <table className={`${table.table} ${table.stack} ${table.inCard} ${s.table}`}>
        <thead>
          <tr>
            <th scope="col">{t.historyColumns.at}</th>
            <th scope="col">{t.historyColumns.event}</th>
            <th scope="col">{t.historyColumns.change}</th>
            <th scope="col" className={table.right}>
              <span className="sr">{t.historyColumns.receipt}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change, at) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: one event may change an entity twice
              key={`${change.index}/${at}`}
              data-later={Date.parse(change.at) > asOf || undefined}
            >
              <td className={`${table.nowrap} num`}>
                <UnstyledButton
                  className={table.rowLink}
                  aria-label={t.seeThen(instant(change.at, zone, true))}
                  onClick={() => props.onAsOf(new Date(change.at).toISOString())}
                >
                  {instant(change.at, zone)}
                </UnstyledButton>
              </td>
              <td>
                {change.eventType ?? t.erased}
                <div className={table.mono}>{change.eventId}</div>
              </td>
              <td data-wide>
                <ul className={s.changes}>
                  {change.fields.map((field) => (
                    <li key={field.name} className="num">
                      <span className={table.muted}>{words(field.name)}</span>{' '}
                      <FieldChange field={field} zone={zone} />
                    </li>
                  ))}
                </ul>
              </td>
              <td className={s.receiptCell} data-wide>
                {change.eventId && change.source && (
                  <Link
                    to="/customers/$id/receipts"
                    params={{ id: props.customer }}
                    search={{ event: change.eventId, source: change.source }}
                    className={s.receipt}
                    aria-label={t.receipt(change.eventId)}
                  >
                    {t.openReceipt}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={s.foot} aria-live="polite">
        {(changes.length > most || props.more) && (
          <Button variant="default" onClick={more}>
            {t.more}
          </Button>
        )}
        {t.shown(count(shown.length), count(props.all))}
      </div>
    </>
  );
}

/** What was, struck out, and what became of it; what stays as it was is only named. */
function FieldChange({ field, zone }: { field: EntityChange['fields'][number]; zone: string | null }) {
  const after = valueText(field.after, zone);
  const isNew = field.before === null || field.before === undefined;
  if (!isNew && JSON.stringify(field.before) === JSON.stringify(field.after))
    return <span className={s.same}>{after}</span>;
  return (
    <>
      {!isNew && (
        <>
          <s className={s.before}>{valueText(field.before, zone)}</s>{' '}
        </>
      )}
      <strong>{after}</strong> {field.amount && <span className={s.amount}>{signed(field.amount)}</span>}
    </>
  );
}

const signed = (amount: string) => (amount.startsWith('-') ? `−${amount.slice(1)}` : `+${amount}`);
