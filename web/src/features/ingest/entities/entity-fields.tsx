import { Link } from '@tanstack/react-router';
import { count, instant, words } from '@/lib/format';
import { texts } from '@/texts/entities';
import table from '@/ui/table.module.css';
import s from './entities.module.css';
import type { Entity, EntityType, FieldOrigin } from './entities-api';
import { valueText } from './values';

const t = texts.one;

/** Each value with the event that set it, one click from its receipt. */
export function EntityFields(props: {
  customer: string;
  entity: Entity;
  type?: EntityType;
  zone: string | null;
}) {
  const { entity, type } = props;
  const origins = new Map(entity.origins?.map((origin) => [origin.field, origin]));
  const order = new Map(type?.fields.map((field, at) => [field.name, at]));
  const names = Object.keys(entity.fields).sort(
    (left, right) => (order.get(left) ?? order.size) - (order.get(right) ?? order.size),
  );
  return (
    <table className={`${table.table} ${table.stack} ${table.inCard} ${s.table}`}>
      <thead>
        <tr>
          <th scope="col">{t.columns.field}</th>
          <th scope="col">{t.columns.value}</th>
          <th scope="col">{t.columns.from}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const field = type?.fields.find((one) => one.name === name);
          return (
            <tr key={name}>
              <td>
                {words(name)}
                {field?.says && <div className={table.muted}>{field.says}</div>}
              </td>
              <td className={`${s.value} num`}>
                {valueText(entity.fields[name], props.zone)}{' '}
                {field?.unit && <span className={table.muted}>{field.unit}</span>}
              </td>
              <td data-wide>
                <Origin customer={props.customer} origin={origins.get(name)} zone={props.zone} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Origin(props: { customer: string; origin?: FieldOrigin; zone: string | null }) {
  const { origin } = props;
  if (!origin) return '–';
  return (
    <>
      {origin.eventId && origin.source ? (
        <Link
          to="/customers/$id/receipts"
          params={{ id: props.customer }}
          search={{ event: origin.eventId, source: origin.source }}
          className={s.receipt}
          aria-label={t.receipt(origin.eventId)}
        >
          {origin.eventType} <span className={table.mono}>{origin.eventId}</span>
        </Link>
      ) : (
        <span className={table.muted}>{t.erased}</span>
      )}
      <div className={`${table.muted} num`}>
        {instant(origin.at, props.zone)} · {origin.changes > 1 ? t.lastOf(count(origin.changes)) : t.onlyOne}
      </div>
    </>
  );
}
