import { Button } from '@mantine/core';
import { IconBuildingSkyscraper, IconDownload, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { customersQuery, portfolioLimit } from '@/api/customers';
import { count } from '@/lib/format';
import { texts } from '@/texts/customers';
import { Empty, PageHead } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import { BulkBar } from './bulk-bar';
import { exportCustomers } from './export-customers';
import s from './portfolio.module.css';
import { PortfolioFigures } from './portfolio-figures';
import { PortfolioFilters } from './portfolio-filters';
import { type Column, listed, sortingOf } from './portfolio-list';
import { PortfolioCards, PortfolioTable } from './portfolio-table';
import { useListKeys } from './use-list-keys';
import { isOnTheWay } from './words';

const route = getRouteApi('/inside/customers');
const t = texts.portfolio;
// The form is a chunk of its own: most visits only read.
const CustomerFormDialog = lazy(() => import('./customer-form-dialog'));
const none: ReadonlySet<string> = new Set();

export default function Portfolio() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers' });
  const { data } = useSuspenseQuery(customersQuery());
  const [now] = useState(Date.now);
  const [selected, setSelected] = useState(none);
  const rows = useMemo(() => listed(data.items, search, now), [data, search, now]);
  const sorting = sortingOf(search.sort);
  const hidden = useMemo(() => new Set(search.hide?.split(',')), [search.hide]);

  const select = (ids: string[], on: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) on ? after.add(id) : after.delete(id);
      return after;
    });
  const sort = (column: Column) => {
    const down = sorting.column === column && !sorting.down;
    navigate({
      search: (before) => ({ ...before, sort: `${column}.${down ? 'desc' : 'asc'}` }),
      replace: true,
    });
  };
  useListKeys({
    onToggle: (id) => select([id], !selected.has(id)),
    onRange: (ids) => select(ids, true),
    onClear: () => setSelected(none),
  });

  const create = (on: boolean) => navigate({ search: (before) => ({ ...before, new: on || undefined }) });
  const chosen = rows.filter((row) => selected.has(row.id));
  return (
    <div className={ui.page}>
      <PageHead
        title={t.title}
        sub={t.sub(count(data.items.length), count(data.items.filter((one) => isOnTheWay(one.stage)).length))}
        actions={
          <>
            <Button
              variant="default"
              visibleFrom="sm"
              leftSection={<IconDownload size={15} />}
              disabled={rows.length === 0}
              onClick={() => exportCustomers(chosen.length > 0 ? chosen : rows)}
            >
              {t.export}
            </Button>
            <Button leftSection={<IconPlus size={15} />} onClick={() => create(true)}>
              {t.newCustomer}
            </Button>
          </>
        }
      />
      {data.items.length === 0 ? (
        <Empty
          icon={<IconBuildingSkyscraper size={24} stroke={1.6} />}
          title={t.firstTitle}
          actions={
            <Button leftSection={<IconPlus size={15} />} onClick={() => create(true)}>
              {t.newCustomer}
            </Button>
          }
        >
          {t.first}
        </Empty>
      ) : (
        <>
          <PortfolioFigures customers={data.items} now={now} />
          <PortfolioFilters customers={data.items} search={search} now={now} />
          {rows.length === 0 ? (
            <Empty
              icon={<IconSearchOff size={24} stroke={1.6} />}
              title={t.emptyTitle}
              actions={
                <Button variant="default" onClick={() => navigate({ search: {} })}>
                  {t.clear}
                </Button>
              }
            >
              {t.empty}
            </Empty>
          ) : (
            <>
              <PortfolioTable
                rows={rows}
                now={now}
                sorting={sorting}
                hidden={hidden}
                dense={search.dense}
                onSort={sort}
                selected={selected}
                onSelect={select}
              />
              <PortfolioCards rows={rows} />
              <p className={`${s.hint} no-print`}>
                <kbd>J</kbd>
                <kbd style={{ marginLeft: 0 }}>K</kbd> {t.keys[0]} <kbd>X</kbd> {t.keys[1]} <kbd>Enter</kbd>{' '}
                {t.keys[2]} <kbd>?</kbd> {t.keys[3]}
              </p>
            </>
          )}
          {data.truncated && <p className={ui.hint}>{t.truncated(count(portfolioLimit))}</p>}
        </>
      )}
      <BulkBar customers={chosen} onClear={() => setSelected(none)} />
      {search.new && (
        <Suspense>
          <CustomerFormDialog open onClose={() => create(false)} />
        </Suspense>
      )}
    </div>
  );
}
