import { Button } from '@mantine/core';
import { IconArrowUp, IconInbox, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { customerQuery } from '@/api/customers';
import type { IngestedEvent } from '@/api/types';
import { count } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/ingest';
import { Notice } from '@/ui/notice';
import { Empty } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { eventQuery, eventsQuery } from './api';
import { EventDetails } from './event-details';
import { EventFilters } from './event-filters';
import { EventRows } from './event-rows';
import { type EventsSearch, isFiltered } from './events-search';
import s from './ingest.module.css';
import { LiveState } from './live/live-state';
import { useHold, useLiveEvents, useTinted } from './live/use-live-events';

const route = getRouteApi('/inside/customers/$id/events');

export default function EventStream() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/events' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const query = useInfiniteQuery(eventsQuery(id, search));
  const list = useRef<HTMLElement>(null);
  const { live, events, tinted, hold } = useEventList(id, search, query, list);
  const shown = events.find((event) => event.index === search.open);
  const far = useQuery(eventQuery(id, shown ? undefined : search.open));
  const show = (index: number | undefined) => navigate({ search: (before) => ({ ...before, open: index }) });
  const paused = search.paused === true;
  return (
    <>
      <EventFilters search={search} zone={customer.timeZone} events={events}>
        <LiveState
          state={paused ? 'paused' : live.canBe ? live.state : 'off'}
          onPause={() =>
            navigate({
              search: (before) => ({ ...before, paused: paused ? undefined : true }),
              replace: true,
            })
          }
        />
      </EventFilters>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && events.length === 0 ? (
        <Nothing filtered={isFiltered(search)} id={id} onClear={() => navigate({ search: {} })} />
      ) : (
        <div className={s.list} {...hold}>
          {(live.list.waiting.length > 0 || live.list.overflow) && (
            <div className={s.newBar}>
              <Button
                size="compact-sm"
                radius="xl"
                leftSection={<IconArrowUp size={14} stroke={2} />}
                onClick={() => {
                  if (live.list.overflow) {
                    live.clear();
                    void query.refetch();
                  } else live.letIn();
                  window.scrollTo({ top: 0 });
                }}
              >
                {live.list.overflow ? t.manyNew : t.newEvents(live.list.waiting.length)}
              </Button>
            </div>
          )}
          <EventRows ref={list} events={events} tinted={tinted} zone={customer.timeZone} onOpen={show} />
          <div className={table.foot}>
            {query.hasNextPage && (
              <Button
                variant="default"
                loading={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {common.more}
              </Button>
            )}
            {events.length > 0 && t.shown(count(events.length))}
          </div>
        </div>
      )}
      <div className="sr" role="status">
        {live.list.waiting.length > 0 ? t.newEvents(live.list.waiting.length) : ''}
      </div>
      <EventDetails
        event={shown ?? far.data ?? undefined}
        customer={customer}
        onClose={() => show(undefined)}
      />
    </>
  );
}

type EventPages = ReturnType<typeof useInfiniteQuery<{ items: IngestedEvent[] }>>;

/** What was loaded and what came since, as one list. */
function useEventList(
  customer: string,
  search: EventsSearch,
  query: Pick<EventPages, 'isSuccess' | 'refetch'> & { data?: { pages: { items: IngestedEvent[] }[] } },
  list: React.RefObject<HTMLElement | null>,
) {
  const loaded = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { isHeld, props } = useHold(list);
  const { from, to } = search;
  // Oldest first, a stream's or an import's own events, a period that is over: nothing new can come in at the top.
  const canBe = !search.order && !search.batch && !(to && Date.parse(to) < Date.now());
  const live = useLiveEvents({
    query: { customer, type: search.type, source: search.source, subject: search.subject },
    wants: (event) => {
      const at = Date.parse(event.time ?? event.receivedAt);
      return (
        (!search.late || event.late) && (!from || at >= Date.parse(from)) && (!to || at < Date.parse(to))
      );
    },
    after: query.isSuccess ? (loaded[0]?.index ?? -1) : undefined,
    on: canBe && !search.paused,
    isHeld,
    onGap: () => void query.refetch(),
  });
  const tinted = useTinted(live.list.taken);
  const events = useMemo(() => {
    const known = new Set(loaded.map((event) => event.index));
    const waiting = new Set(live.list.waiting.map((event) => event.index));
    return [
      ...live.list.taken.filter((event) => !known.has(event.index)),
      ...loaded.filter((event) => !waiting.has(event.index)),
    ];
  }, [loaded, live.list]);
  const hold = {
    onPointerEnter: props.onPointerEnter,
    onPointerLeave: () => {
      props.onPointerLeave();
      if (!isHeld() && !live.list.overflow) live.letIn();
    },
  };
  return { live: { ...live, canBe }, events, tinted, hold };
}

function Nothing(props: { filtered: boolean; id: string; onClear: () => void }) {
  return props.filtered ? (
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
    <Empty
      icon={<IconInbox size={24} stroke={1.6} />}
      title={t.noneTitle}
      actions={
        <>
          <Link to="/customers/$id/api-keys" params={{ id: props.id }} className={ui.buttonLink}>
            {t.toKeys}
          </Link>
          <Link to="/customers/$id/imports/new" params={{ id: props.id }} className={ui.buttonLink}>
            {t.toImport}
          </Link>
        </>
      }
    >
      {t.none}
    </Empty>
  );
}
