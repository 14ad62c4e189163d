import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconCube, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { count, instant, shortCount, words } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/entities';
import { Notice } from '@/ui/notice';
import { Empty } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { type Entity, type EntityType, entitiesQuery, entityTypesQuery } from './entities-api';
import type { EntitiesSearch } from './entities-search';
import { numberOf, valueText } from './values';

const route = getRouteApi('/inside/customers/$id/entities');
const searchDelayMs = 250;
const shownFields = 4;

export default function Entities() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/entities' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const types = useQuery(entityTypesQuery(id));
  // Without a choice the type with the most entities is the one worth looking at.
  const most = types.data?.items.toSorted((left, right) => right.entities - left.entities)[0];
  const type = types.data?.items.find((one) => one.type === search.type) ?? most;
  const set = (change: Partial<EntitiesSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setSoon = useDebouncedCallback(set, searchDelayMs);
  if (types.error) return <Notice tone="bad">{types.error.message}</Notice>;
  if (!types.data) return null;
  if (!most || most.entities === 0)
    return (
      <Empty
        icon={<IconCube size={24} stroke={1.6} />}
        title={t.noneTitle}
        actions={
          <Link to="/customers/$id/events" params={{ id }} search={{}} className={ui.buttonLink}>
            {t.toEvents}
          </Link>
        }
      >
        {types.data.eventsWaiting > 0 ? t.waiting(count(types.data.eventsWaiting)) : t.none}
      </Empty>
    );
  const seen = types.data.items.filter((one) => one.entities > 0 || one.type === search.type);
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        <nav className={ui.views} aria-label={t.types}>
          {seen.map((one) => (
            <Link
              key={one.type}
              to="/customers/$id/entities"
              params={{ id }}
              search={{ type: one.type }}
              className={ui.view}
              data-active={one.type === type?.type}
              aria-current={one.type === type?.type ? 'true' : undefined}
            >
              {words(one.type)} <span>{shortCount(one.entities)}</span>
            </Link>
          ))}
        </nav>
        <div className={ui.spring}>
          <TextInput
            key={`${type?.type}${search.q === undefined}`}
            size="xs"
            w={230}
            leftSection={<IconSearch size={15} />}
            placeholder={t.search}
            aria-label={t.search}
            defaultValue={search.q}
            onChange={(event) => setSoon({ q: event.currentTarget.value || undefined })}
          />
        </div>
      </div>
      {types.data.eventsWaiting > 0 && (
        <Notice tone="info">{t.waiting(count(types.data.eventsWaiting))}</Notice>
      )}
      {type && (
        <List
          customer={id}
          zone={customer.timeZone}
          type={type}
          q={search.q}
          onClear={() => set({ q: undefined })}
        />
      )}
    </>
  );
}

function List(props: {
  customer: string;
  zone: string | null;
  type: EntityType;
  q?: string;
  onClear: () => void;
}) {
  const { customer, type, q } = props;
  const query = useInfiniteQuery(entitiesQuery(customer, { type: type.type, q }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <Notice tone="bad">{query.error.message}</Notice>;
  if (query.isSuccess && items.length === 0)
    return q ? (
      <Empty
        icon={<IconSearchOff size={24} stroke={1.6} />}
        title={t.emptyTitle}
        actions={
          <Button variant="default" onClick={props.onClear}>
            {t.clear}
          </Button>
        }
      >
        {t.empty}
      </Empty>
    ) : (
      <Empty icon={<IconCube size={24} stroke={1.6} />} title={t.noneOfTypeTitle}>
        {t.noneOfType(type.eventTypes.join(', '))}
      </Empty>
    );
  return (
    <>
      <Rows customer={customer} zone={props.zone} type={type} items={items} />
      <div className={table.foot} aria-live="polite">
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common.more}
          </Button>
        )}
        {items.length > 0 && t.shown(count(items.length))}
      </div>
    </>
  );
}

/** The fields worth a column: those the model names first, without those that no entity shown has. */
function columnsOf(type: EntityType, items: Entity[]) {
  const known = [
    ...type.fields.map((field) => field.name),
    ...new Set(items.flatMap((item) => Object.keys(item.fields))),
  ];
  return [...new Set(known)]
    .filter((name) => items.some((item) => item.fields[name] !== undefined && item.fields[name] !== null))
    .slice(0, shownFields);
}

function Rows(props: { customer: string; zone: string | null; type: EntityType; items: Entity[] }) {
  const columns = columnsOf(props.type, props.items);
  const right = (name: string) => props.items.every((item) => isNumberOrNothing(item.fields[name]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.id}</th>
            {columns.map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`${right(name) ? table.right : ''} ${at > 1 ? table.low : ''}`}
              >
                {words(name)}
              </th>
            ))}
            <th scope="col" className={`${table.right} ${table.phoneHide}`}>
              {t.columns.changes}
            </th>
            <th scope="col">{t.columns.lastAt}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => (
            <tr key={item.id}>
              <td>
                <Link
                  to="/customers/$id/entities/$type/$entity"
                  params={{ id: props.customer, type: item.type, entity: item.id }}
                  search={{}}
                  className={table.rowLink}
                >
                  {item.id}
                </Link>
              </td>
              {columns.map((name, at) => (
                <td
                  key={name}
                  data-label={words(name)}
                  className={`num ${right(name) ? table.right : ''} ${at > 1 ? table.low : ''} ${at > 0 ? table.phoneHide : ''}`}
                >
                  {valueText(item.fields[name], props.zone)}
                </td>
              ))}
              <td className={`num ${table.right} ${table.phoneHide}`}>{count(item.changes)}</td>
              <td className={`${table.nowrap} ${table.muted} num`} data-wide>
                {instant(item.lastAt, props.zone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const isNumberOrNothing = (value: Entity['fields'][string] | undefined) =>
  value === undefined || value === null || numberOf(value) !== null;
