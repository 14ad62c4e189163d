import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconBeach, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dayNumber, isoDay, todayIn } from '@/lib/days';
import { fromNow, longDay, weekdayDay } from '@/lib/format';
import { texts as t } from '@/texts/my-day';
import { texts } from '@/texts/plans';
import { Notice } from '@/ui/notice';
import { Card, Empty, Mark, PageHead, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './my-day.module.css';
import { changeItem, myDayQuery } from './plans-api';
import { TimeInput } from './time-input';
import type { MyDay as Day, MyItem } from './types';
import { useLogTime } from './use-log-time';

const route = getRouteApi('/inside/my-day');

/** What is to be done today, over all customers. */
export default function MyDay() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/my-day' });
  const { data, error } = useQuery({ ...myDayQuery(search.date), placeholderData: keepPreviousData });
  const go = (date: string | undefined) => void navigate({ search: { date }, replace: true });
  const [now] = useState(Date.now);
  const day = data?.date ?? search.date ?? todayIn(undefined, now);
  const shift = (by: number) => go(isoDay(dayNumber(day) + by));
  const count = data ? data.today.length + data.overdue.length + data.meetings.length : 0;
  return (
    <div className={ui.page}>
      <PageHead
        title={t.title}
        sub={data ? `${longDay(day)}. ${t.count(count)}` : t.loading}
        actions={
          <>
            {search.date && (
              <Button variant="subtle" color="gray" onClick={() => go(undefined)}>
                {t.today}
              </Button>
            )}
            <ActionIcon aria-label={t.dayBefore} onClick={() => shift(-1)}>
              <IconChevronLeft size={17} stroke={1.7} />
            </ActionIcon>
            <ActionIcon aria-label={t.dayAfter} onClick={() => shift(1)}>
              <IconChevronRight size={17} stroke={1.7} />
            </ActionIcon>
          </>
        }
      />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <div aria-busy="true" role="status" aria-label={t.loading} />}
      {data && count + data.next.length === 0 && (
        <Empty
          icon={<IconBeach size={24} stroke={1.6} />}
          title={t.noneTitle}
          actions={
            <Link to="/customers" search={{}} className={ui.buttonLink}>
              {t.toPortfolio}
            </Link>
          }
        >
          {t.none}
        </Empty>
      )}
      {data && count + data.next.length > 0 && <Lists lists={data} day={day} />}
    </div>
  );
}

function Lists({ lists, day }: { lists: Day; day: string }) {
  return (
    <div className={ui.columns}>
      <div className={ui.stack}>
        {lists.overdue.length > 0 && <List title={t.overdue} items={lists.overdue} day={day} tone="bad" />}
        <List title={t.dueToday} items={lists.today} day={day} none={t.nothingToday} />
        <List title={t.next} items={lists.next} day={day} none={t.nothingNext} />
      </div>
      <div className={ui.stack}>
        <Card title={t.meetings} pad={false}>
          {lists.meetings.length === 0 ? (
            <p className={s.quiet}>{t.noMeetings}</p>
          ) : (
            <ul className={s.items}>
              {lists.meetings.map((meeting) => (
                <li key={meeting.id} className={s.meeting}>
                  <b className="num">{meeting.at ?? t.anyTime}</b>
                  <span className={s.text}>
                    <ItemLink item={meeting} />
                    <small>
                      {meeting.customer.name}
                      {meeting.minutes && ` · ${t.minutes(meeting.minutes)}`}
                    </small>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}

function List(props: { title: string; items: MyItem[]; day: string; tone?: 'bad'; none?: string }) {
  return (
    <Card title={props.title} right={<Pill tone={props.tone}>{props.items.length}</Pill>} pad={false}>
      {props.items.length === 0 ? (
        <p className={s.quiet}>{props.none}</p>
      ) : (
        <ul className={s.items}>
          {props.items.map((item) => (
            <Item key={item.id} item={item} day={props.day} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const ItemLink = ({ item }: { item: MyItem }) => (
  <Link
    to="/customers/$id/plans/$plan"
    params={{ id: item.customer.id, plan: item.plan.id }}
    search={{ item: item.id }}
    className={s.link}
  >
    {item.title}
  </Link>
);

function Item({ item, day }: { item: MyItem; day: string }) {
  const client = useQueryClient();
  const { log } = useLogTime(item.customer.id, item.plan.id);
  const set = async (standing: { id: string; version: number }, state: MyItem['state']) => {
    try {
      const saved = await changeItem(
        item.customer.id,
        item.plan.id,
        { ...standing, start: item.start },
        { state },
      );
      await client.invalidateQueries({ queryKey: ['my-day'] });
      await client.invalidateQueries({ queryKey: ['plans'] });
      return saved;
    } catch (error) {
      await client.invalidateQueries({ queryKey: ['my-day'] });
      await toast(error instanceof Error ? error.message : '', { bad: true });
      return undefined;
    }
  };
  const finish = async () => {
    const saved = await set(item, 'done');
    if (saved) await toast(t.done(item.title), { undo: () => void set(saved, item.state) });
  };
  const days = dayNumber(item.finish) - dayNumber(day);
  return (
    <li className={s.item}>
      <Checkbox
        size="xs"
        className={s.check}
        aria-label={t.markDone(item.title)}
        checked={item.state === 'done'}
        onChange={() => void finish()}
      />
      <Mark name={item.customer.name} size={28} />
      <span className={s.text}>
        <ItemLink item={item} />
        <small>
          {[
            item.customer.name,
            item.plan.title,
            item.loggedHours > 0 && t.logged(texts.hours(item.loggedHours)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span className={s.due} data-late={days < 0}>
        {weekdayDay(item.finish)}
        {days !== 0 && <small>{fromNow(days)}</small>}
      </span>
      {item.kind !== 'milestone' && (
        <TimeInput compact what={item.title} onLog={(hours) => log(item, hours, day)} />
      )}
    </li>
  );
}
