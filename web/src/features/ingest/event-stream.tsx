import { Button, NativeSelect, Switch, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconInbox, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import type { IngestedEvent } from '@/api/types';
import { count, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/ingest';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { eventsQuery } from './api';
import { EventDetails } from './event-details';
import type { EventsSearch } from './events-search';

const route = getRouteApi('/inside/customers/$id/events');
const filterDelayMs = 250;
const liveEveryMs = 3_000;

export default function EventStream() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/events' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const query = useInfiniteQuery({
    ...eventsQuery(id, search),
    refetchInterval: search.live ? liveEveryMs : false,
  });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(search.type || search.source || search.subject);
  const show = (index: number | undefined) => navigate({ search: (before) => ({ ...before, open: index }) });
  return (
    <>
      <Filters search={search} />
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && events.length === 0 ? (
        filtered ? (
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
          <Empty
            icon={<IconInbox size={24} stroke={1.6} />}
            title={t.noneTitle}
            actions={
              <Link to="/customers/$id/api-keys" params={{ id }} className={ui.buttonLink}>
                {t.toKeys}
              </Link>
            }
          >
            {t.none}
          </Empty>
        )
      ) : (
        <>
          <Rows events={events} zone={customer.timeZone} onOpen={show} />
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
            {events.length > 0 && t.shown(count(events.length))}
          </div>
        </>
      )}
      <EventDetails
        event={events.find((event) => event.index === search.open)}
        customer={customer}
        onClose={() => show(undefined)}
      />
    </>
  );
}

function Filters({ search }: { search: EventsSearch }) {
  const navigate = useNavigate({ from: '/customers/$id/events' });
  const set = (change: Partial<EventsSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change, open: undefined }), replace: true });
  const setSoon = useDebouncedCallback(set, filterDelayMs);
  return (
    <div className={`${ui.toolbar} no-print`}>
      {(
        [
          ['type', t.filterType],
          ['source', t.filterSource],
          ['subject', t.filterSubject],
        ] as const
      ).map(([name, label]) => (
        <TextInput
          key={`${name}${search[name] === undefined}`}
          size="xs"
          w={170}
          placeholder={label}
          aria-label={label}
          defaultValue={search[name]}
          onChange={(event) => setSoon({ [name]: event.currentTarget.value || undefined })}
        />
      ))}
      <NativeSelect
        size="xs"
        aria-label={t.order}
        value={search.order ?? 'desc'}
        onChange={(event) => set({ order: event.currentTarget.value === 'asc' ? 'asc' : undefined })}
        data={[
          { value: 'desc', label: t.newestFirst },
          { value: 'asc', label: t.oldestFirst },
        ]}
      />
      <div className={ui.spring}>
        <Tooltip label={t.liveHint}>
          <Switch
            size="xs"
            label={t.live}
            checked={search.live === true}
            onChange={(event) => set({ live: event.currentTarget.checked || undefined })}
          />
        </Tooltip>
      </div>
    </div>
  );
}

function Rows(props: { events: IngestedEvent[]; zone: string | null; onOpen: (index: number) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.title} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.type}</th>
            <th scope="col">{t.columns.time}</th>
            <th scope="col">{t.columns.subject}</th>
            <th scope="col">{t.columns.event}</th>
            <th scope="col" className={table.low}>
              {t.columns.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.events.map((event) => (
            <tr key={event.index}>
              <td>
                <UnstyledButton className={table.rowLink} onClick={() => props.onOpen(event.index)}>
                  {event.type}
                </UnstyledButton>
              </td>
              <td className={`${table.nowrap} num`}>
                {instant(event.time ?? event.receivedAt, props.zone)}{' '}
                {event.late && (
                  <Pill tone="warn" plain>
                    {t.late}
                  </Pill>
                )}
              </td>
              <td>{event.subject ?? '–'}</td>
              <td className={table.mono}>{event.eventId}</td>
              <td className={`${table.low} ${table.muted}`}>{event.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
