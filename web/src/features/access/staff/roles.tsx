import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { texts } from '@/texts/settings';
import { Notice } from '@/ui/notice';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { permissionsQuery } from './api';
import s from './settings.module.css';

const t = texts.matrix;

/** The permission matrix, as docs/permissions.md tells it. */
export default function Roles() {
  const { data, error } = useQuery(permissionsQuery);
  return (
    <>
      <div className={ui.toolbar}>
        <span className={ui.hint}>{t.sub}</span>
      </div>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section className={table.wrap} aria-label={texts.tabs.roles} tabIndex={0}>
          <table className={`${table.table} ${s.matrix}`}>
            <thead>
              <tr>
                <th scope="col">{t.action}</th>
                {data.columns.map((column) => (
                  <th key={column} scope="col" title={texts.roles[column]}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.groups.map((group) => (
                <Fragment key={group.name}>
                  <tr>
                    <th scope="rowgroup" colSpan={data.columns.length + 1} className={s.group}>
                      {group.name}
                    </th>
                  </tr>
                  {group.actions.map((action) => (
                    <tr key={action.policy}>
                      <td>{action.action}</td>
                      {action.cells.map((cell, at) => (
                        <td key={data.columns[at]}>
                          <Cell cell={cell} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className={ui.hint}>{t.key}</p>
    </>
  );
}

function Cell({ cell }: { cell: string }) {
  if (cell === 'yes')
    return (
      <span className={s.yes} role="img" aria-label={t.yes}>
        <IconCheck size={16} stroke={2} aria-hidden />
      </span>
    );
  if (cell === 'no')
    return (
      <span className={s.no} role="img" aria-label={t.no}>
        <IconMinus size={14} stroke={1.6} aria-hidden />
      </span>
    );
  return <span className={s.scopes}>{cell}</span>;
}
