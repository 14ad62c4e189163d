import { Button } from '@mantine/core';
import { IconAlertTriangle, IconGauge } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { count, instant } from '@/lib/format';
import { texts as t } from '@/texts/quality';
import { FilterChip } from '@/ui/filter-chip';
import { Notice } from '@/ui/notice';
import { Empty } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import { Alerts } from './alerts';
import { Faults } from './faults';
import { Fields } from './fields';
import { FigureDetails } from './figure-details';
import { Overview } from './overview';
import s from './quality.module.css';
import { type Quality, qualityQuery } from './quality-api';
import { periodOfSearch, periods, type QualitySearch } from './quality-search';
import { QualityViews } from './quality-views';

const route = getRouteApi('/inside/customers/$id/quality');

export default function QualityPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/quality' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const { data, error } = useQuery(qualityQuery(id, search));
  const set = (change: Partial<QualitySearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const view = search.view ?? 'overview';
  const part = { customer: id, zone: customer.timeZone, search, onSearch: set };
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        <QualityViews customer={id} search={search} active={view} />
        <div className={`${ui.spring} ${s.scope}`}>
          {search.batch && (
            <FilterChip onRemove={() => set({ batch: undefined, open: undefined })}>
              {t.onlyBatch(search.batch)}
            </FilterChip>
          )}
          {(search.from || search.to) && (
            <FilterChip onRemove={() => set({ from: undefined, to: undefined })}>
              {t.picked(
                search.from ? instant(search.from, customer.timeZone) : '…',
                search.to ? instant(search.to, customer.timeZone) : '…',
              )}
            </FilterChip>
          )}
          {view !== 'alerts' && (
            <fieldset className={s.periods}>
              <legend className="sr">{t.period}</legend>
              {periods.map((period) => (
                <button
                  key={period}
                  type="button"
                  className={ui.view}
                  data-active={!search.from && !search.to && periodOfSearch(search) === period}
                  aria-pressed={!search.from && !search.to && periodOfSearch(search) === period}
                  onClick={() => set({ period, from: undefined, to: undefined })}
                >
                  {t.periods[period]}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      </div>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data && view !== 'alerts' && <OpenAlerts customer={id} quality={data} />}
      {view === 'overview' && data && <OverviewOrNothing {...part} quality={data} />}
      {view === 'fields' && <Fields {...part} types={data?.types.map((type) => type.eventType) ?? []} />}
      {view === 'faults' && <Faults {...part} types={data?.types.map((type) => type.eventType) ?? []} />}
      {view === 'alerts' && <Alerts customer={id} zone={customer.timeZone} />}
      <FigureDetails
        customer={id}
        search={search}
        figure={view === 'overview' ? data?.figures.find((figure) => figure.name === search.open) : undefined}
        onClose={() => set({ open: undefined })}
      />
    </>
  );
}

function OverviewOrNothing(props: {
  customer: string;
  zone: string | null;
  search: QualitySearch;
  quality: Quality;
  onSearch: (change: Partial<QualitySearch>) => void;
}) {
  const handedIn = props.quality.figures.find((figure) => figure.name === 'handed_in')?.value;
  if (handedIn !== '0') return <Overview {...props} />;
  return (
    <Empty
      icon={<IconGauge size={24} stroke={1.6} />}
      title={t.emptyTitle}
      actions={
        <Button
          variant="default"
          onClick={() => props.onSearch({ period: 'all', from: undefined, to: undefined })}
        >
          {t.showAll}
        </Button>
      }
    >
      {t.empty}
    </Empty>
  );
}

function OpenAlerts({ customer, quality }: { customer: string; quality: Quality }) {
  return (
    <div className={s.notices}>
      {quality.openAlerts.map((alert) => (
        <div key={alert.id} className={s.alert}>
          <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
          <div>
            <strong>{t.alerts.kinds[alert.kind]}.</strong> {alert.detail}
          </div>
          <Link to="/customers/$id/quality" params={{ id: customer }} search={{ view: 'alerts' }}>
            {t.alerts.see}
          </Link>
        </div>
      ))}
      {quality.eventsWaiting > 0 && <Notice tone="info">{t.waiting(count(quality.eventsWaiting))}</Notice>}
    </div>
  );
}
