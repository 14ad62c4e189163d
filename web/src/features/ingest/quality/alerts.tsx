import { Button } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { count, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/quality';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { alertsQuery } from './quality-api';

const t = texts.alerts;

export function Alerts({ customer, zone }: { customer: string; zone: string | null }) {
  const query = useInfiniteQuery(alertsQuery(customer));
  const alerts = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <Notice tone="bad">{query.error.message}</Notice>;
  if (query.isSuccess && alerts.length === 0)
    return (
      <Empty icon={<IconBellCheck size={24} stroke={1.6} />} title={t.noneTitle}>
        {t.none}
      </Empty>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={table.wrap} aria-label={texts.views.alerts} tabIndex={0}>
        <table className={`${table.table} ${table.stack}`}>
          <thead>
            <tr>
              <th scope="col">{t.columns.alert}</th>
              <th scope="col">{t.columns.state}</th>
              <th scope="col">{t.columns.detail}</th>
              <th scope="col">{t.columns.opened}</th>
              <th scope="col">{t.columns.closed}</th>
            </tr>
          </thead>
          <tbody>
            {alerts.map((alert) => (
              <tr key={alert.id}>
                <td>
                  <strong>{t.kinds[alert.kind]}</strong>
                </td>
                <td>
                  <Pill tone={alert.state === 'open' ? 'bad' : 'ok'} dot plain ink>
                    {t.states[alert.state]}
                  </Pill>
                </td>
                <td data-wide>{alert.detail}</td>
                <td className={`${table.nowrap} ${table.muted} num`}>{instant(alert.openedAt, zone)}</td>
                <td className={`${table.nowrap} ${table.muted} num`}>
                  {alert.closedAt ? instant(alert.closedAt, zone) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={table.foot} aria-live="polite">
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common.more}
          </Button>
        )}
        {alerts.length > 0 && t.shown(count(alerts.length))}
      </div>
    </>
  );
}
