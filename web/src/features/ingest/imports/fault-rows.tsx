import { count } from '@/lib/format';
import { texts } from '@/texts/imports';
import table from '@/ui/table.module.css';
import s from './imports.module.css';
import type { RowFault } from './imports-api';

const t = texts.one;

/** Rows that cannot be read: where, which value, and how to put it right. */
export function FaultRows({ faults }: { faults: RowFault[] }) {
  const several = new Set(faults.map((fault) => fault.file)).size > 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={s.scroll} aria-label={t.faults} tabIndex={0}>
      <table className={`${table.table} ${table.stack} ${table.inCard}`}>
        <thead>
          <tr>
            <th scope="col">{t.faultColumns.place}</th>
            <th scope="col">{t.faultColumns.column}</th>
            <th scope="col">{t.faultColumns.value}</th>
            <th scope="col">{t.faultColumns.detail}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, at) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell may have two faults
              key={`${fault.file}${fault.row}${fault.column}${at}`}
            >
              <td className={`${table.nowrap} num`}>
                {t.row(count(fault.row), count(fault.line))}
                {several && <div className={table.muted}>{fault.file}</div>}
              </td>
              <td>{fault.column ?? '–'}</td>
              <td className={table.mono} data-wide>
                {fault.value ?? '–'}
              </td>
              <td data-wide>{fault.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
