import { IconArrowLeft, IconClockQuestion } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { instant, words } from '@/lib/format';
import { texts as t } from '@/texts/entities';
import { Notice } from '@/ui/notice';
import { Card, Empty } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import { AsOf } from './as-of';
import s from './entities.module.css';
import { entityHistoryQuery, entityQuery, entityTypesQuery } from './entities-api';
import type { EntitySearch } from './entities-search';
import { EntityFields } from './entity-fields';
import { EntityHistory } from './entity-history';

const route = getRouteApi('/inside/customers/$id/entities/$type/$entity');

export default function EntityPage() {
  const { id, type, entity } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/entities/$type/$entity' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const now = useQuery(entityQuery(id, type, entity));
  const shown = useQuery(entityQuery(id, type, entity, search.as_of));
  const history = useInfiniteQuery(entityHistoryQuery(id, type, entity));
  const { data: types } = useQuery(entityTypesQuery(id));
  const set = (change: Partial<EntitySearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const changes = history.data?.pages.flatMap((page) => page.items) ?? [];
  const zone = customer.timeZone;
  const model = types?.items.find((one) => one.type === type);
  return (
    <>
      <div className={s.head}>
        <Link
          to="/customers/$id/entities"
          params={{ id }}
          search={{ type }}
          className={s.back}
          aria-label={t.title}
        >
          <IconArrowLeft size={16} stroke={1.7} />
        </Link>
        <h2 className={s.name}>{entity}</h2>
        <span className={s.type}>{words(type)}</span>
      </div>
      {now.error ? (
        <Notice tone="bad">{now.error.message}</Notice>
      ) : (
        now.data && (
          <div className={ui.stack}>
            <AsOf
              entity={now.data}
              changes={changes}
              isPart={history.hasNextPage}
              zone={zone}
              search={search}
              onSearch={set}
            />
            {shown.error && <Notice tone="bad">{shown.error.message}</Notice>}
            {shown.data === null && (
              <Empty icon={<IconClockQuestion size={24} stroke={1.6} />} title={t.one.notYetTitle}>
                {t.one.notYet}
              </Empty>
            )}
            {shown.data && (
              <Card
                title={t.one.state}
                sub={search.as_of ? t.one.stateThen(instant(search.as_of, zone, true)) : t.one.stateNow}
                pad={false}
              >
                <EntityFields customer={id} entity={shown.data} type={model} zone={zone} />
              </Card>
            )}
            {history.error && <Notice tone="bad">{history.error.message}</Notice>}
            {changes.length > 0 && (
              <Card title={t.one.history} sub={t.one.historySub} pad={false}>
                <EntityHistory
                  customer={id}
                  changes={changes}
                  all={now.data.changes}
                  zone={zone}
                  asOf={search.as_of}
                  onAsOf={(asOf) => set({ as_of: asOf })}
                  more={history.hasNextPage ? () => void history.fetchNextPage() : undefined}
                />
              </Card>
            )}
          </div>
        )
      )}
    </>
  );
}
