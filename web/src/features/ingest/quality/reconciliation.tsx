import { Link } from '@tanstack/react-router';
import { words } from '@/lib/format';
import { texts } from '@/texts/quality';
import { Card, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { exactText } from './exact';
import s from './quality.module.css';
import type { Reconciliation } from './quality-api';

const t = texts.reconciliation;

/** What an import read and what the source's own books say, against what is in the log: exact, to the last digit. */
export function ReconciliationTable(props: {
  customer: string;
  reconciliation: Reconciliation;
  link?: boolean;
}) {
  const { reconciliation } = props;
  const hasExpected = reconciliation.figures.some((figure) => figure.expected !== null);
  return (
    <Card
      title={t.title}
      sub={reconciliation.isReconciled ? t.ok : t.differs}
      pad={false}
      right={
        props.link && (
          <Link
            to="/customers/$id/imports/$import"
            params={{ id: props.customer, import: reconciliation.import }}
            className={s.link}
          >
            {t.toImport}
          </Link>
        )
      }
    >
      <table className={`${table.table} ${table.inCard}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.name}</th>
            <th scope="col" className={table.right}>
              {t.columns.recorded}
            </th>
            {hasExpected && (
              <th scope="col" className={`${table.right} ${table.phoneHide}`}>
                {t.columns.expected}
              </th>
            )}
            <th scope="col" className={table.right}>
              {t.columns.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          {reconciliation.figures.map((figure) => (
            <tr key={figure.name}>
              <td>{words(figure.name)}</td>
              <td className={`num ${table.right}`}>{exactText(figure.recorded)}</td>
              {hasExpected && (
                <td className={`num ${table.right} ${table.phoneHide}`}>
                  {figure.expected === null ? '–' : exactText(figure.expected)}
                </td>
              )}
              <td className={`num ${table.right}`}>
                {figure.difference === null ? (
                  <Pill tone="ok" plain>
                    0
                  </Pill>
                ) : (
                  <Pill tone="bad" plain>
                    {exactText(figure.difference)}
                  </Pill>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
