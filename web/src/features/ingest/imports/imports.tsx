import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { count, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/imports';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { ImportState, shareOf } from './import-state';
import s from './imports.module.css';
import { type Import, importsQuery, isUnderWay } from './imports-api';

const route = getRouteApi('/inside/customers/$id/imports');

export default function Imports() {
  const { id } = route.useParams();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const query = useInfiniteQuery(importsQuery(id));
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  const create = (
    <Link to="/customers/$id/imports/new" params={{ id }} className={s.primary}>
      <IconPlus size={15} />
      {t.create}
    </Link>
  );
  return (
    <>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && imports.length === 0 && (
        <Empty icon={<IconFileImport size={24} stroke={1.6} />} title={t.noneTitle} actions={create}>
          {t.none}
        </Empty>
      )}
      {imports.length > 0 && (
        <>
          <div className={ui.toolbar}>
            <div className={ui.spring}>{create}</div>
          </div>
          <Rows customer={id} zone={customer.timeZone} imports={imports} />
          <div className={table.foot} aria-live="polite">
            {query.hasNextPage && (
              <Button
                variant="default"
                loading={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {common.more}
              </Button>
            )}
            {t.shown(count(imports.length))}
          </div>
        </>
      )}
    </>
  );
}

function Rows(props: { customer: string; zone: string | null; imports: Import[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.files}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col" className={table.right}>
              {t.columns.rows}
            </th>
            <th scope="col" className={table.right}>
              {t.columns.accepted}
            </th>
            <th scope="col" className={table.right}>
              {t.columns.repeated}
            </th>
            <th scope="col" className={table.right}>
              {t.columns.rejected}
            </th>
            <th scope="col">{t.columns.started}</th>
          </tr>
        </thead>
        <tbody>
          {props.imports.map((one) => (
            <tr key={one.id}>
              <td>
                <Link
                  to="/customers/$id/imports/$import"
                  params={{ id: props.customer, import: one.id }}
                  className={table.rowLink}
                >
                  {t.files(one.files[0] ?? '', one.files.length - 1)}
                </Link>{' '}
                {one.isDryRun && <Pill>{t.dryRun}</Pill>}
              </td>
              <td>
                <ImportState one={one} />
                {isUnderWay(one) && <span className={table.muted}> {Math.round(shareOf(one) * 100)} %</span>}
              </td>
              <Figure value={one.report?.rows ?? one.progress.rows} hide />
              <Figure value={one.report?.accepted} hide />
              <Figure value={one.report?.repeated} hide />
              <Figure value={one.report?.rejected ?? one.progress.rejected} hide bad />
              <td className={`${table.nowrap} ${table.muted} num`} data-wide>
                {instant(one.createdAt, props.zone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figure({ value, hide, bad }: { value?: number; hide?: boolean; bad?: boolean }) {
  return (
    <td className={`num ${table.right} ${hide ? table.phoneHide : ''}`}>
      {value === undefined ? (
        '–'
      ) : bad && value > 0 ? (
        <Pill tone="bad" plain>
          {count(value)}
        </Pill>
      ) : (
        count(value)
      )}
    </td>
  );
}
