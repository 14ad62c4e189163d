import { Button } from '@mantine/core';
import {
  IconBuilding,
  IconCalendar,
  IconDatabaseImport,
  IconHistory,
  IconKey,
  IconUser,
} from '@tabler/icons-react';
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { customerQuery } from '@/api/customers';
import { clockTime, dayOf, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Empty } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './activity.module.css';
import { type Activity, abouts, activityQuery } from './activity-api';
import { actorText, sentenceOf } from './activity-words';

const route = getRouteApi('/inside/customers/$id/activity');
const t = texts.activity;
const icons = {
  customer: IconBuilding,
  contact: IconUser,
  'team-member': IconUser,
  calendar: IconCalendar,
  'api-key': IconKey,
  events: IconDatabaseImport,
};

/** What happened to the customer, newest first, in sentences. */
export default function CustomerActivity() {
  const { id } = route.useParams();
  const { about } = route.useSearch();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const list = useSuspenseInfiniteQuery(activityQuery(id, about));
  const [now] = useState(Date.now);
  const zone = customer.timeZone;
  const days = byDay(
    list.data.pages.flatMap((page) => page.items),
    zone,
  );
  const today = dayOf(new Date(now).toISOString(), zone);
  const yesterday = dayOf(new Date(now - 86_400_000).toISOString(), zone);
  return (
    <>
      <div className={ui.toolbar}>
        <nav className={ui.views} aria-label={t.filters}>
          {[undefined, ...abouts].map((one) => (
            <Link
              key={one ?? 'all'}
              to="/customers/$id/activity"
              params={{ id }}
              search={{ about: one }}
              className={ui.view}
              data-active={about === one}
              aria-current={about === one ? 'true' : undefined}
            >
              {one ? t.about[one] : t.all}
            </Link>
          ))}
        </nav>
      </div>
      {days.length === 0 && (
        <Empty icon={<IconHistory size={24} stroke={1.6} />} title={t.emptyTitle}>
          {t.empty}
        </Empty>
      )}
      {days.map(([day, items]) => (
        <section key={day} className={s.day}>
          <h2 className={s.date}>{day === today ? t.today : day === yesterday ? t.yesterday : day}</h2>
          <ol className={s.list}>
            {items.map((item) => (
              <Item key={item.id} customer={id} zone={zone} item={item} />
            ))}
          </ol>
        </section>
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </>
  );
}

function Item({ customer, zone, item }: { customer: string; zone: string | null; item: Activity }) {
  const { verb, strong, rest } = sentenceOf(item);
  const Icon = icons[item.action.split('.')[0] as keyof typeof icons] ?? IconHistory;
  return (
    <li className={s.item}>
      <span className={s.icon} aria-hidden>
        <Icon size={15} stroke={1.7} />
      </span>
      <span className={s.text}>
        <b>{actorText(item.actor)}</b> {verb}{' '}
        {strong && <Subject customer={customer} item={item} text={strong} />} {rest}
      </span>
      {!item.batch && (
        <Link
          to="/customers/$id/receipts"
          params={{ id: customer }}
          search={{ event: item.id, source: 'cairn:records' }}
          className={s.proof}
        >
          {t.proof}
        </Link>
      )}
      <time dateTime={item.at} title={instant(item.at, zone, true)} className={s.time}>
        {clockTime(item.at, zone)}
      </time>
    </li>
  );
}

/** What the sentence is about, as a way to it. */
function Subject({ customer, item, text }: { customer: string; item: Activity; text: string }) {
  const link = { params: { id: customer }, className: s.subject };
  switch (item.action.split('.')[0]) {
    case 'contact':
    case 'team-member':
      return (
        <Link to="/customers/$id/people" {...link}>
          {text}
        </Link>
      );
    case 'calendar':
      return (
        <Link to="/customers/$id/calendar" search={{}} {...link}>
          {text}
        </Link>
      );
    case 'api-key':
      return (
        <Link to="/customers/$id/api-keys" {...link}>
          {text}
        </Link>
      );
    case 'events':
      return (
        <Link to="/customers/$id/events" search={{}} {...link}>
          {text}
        </Link>
      );
    default:
      return <span className={s.subject}>{text}</span>;
  }
}

function byDay(items: Activity[], zone: string | null) {
  const days = new Map<string, Activity[]>();
  for (const item of items) {
    const day = dayOf(item.at, zone);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}
