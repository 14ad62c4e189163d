import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayNumber, isoDay, weekdayOf } from '@/lib/days';
import { dayOfMonth, longDay, monthName } from '@/lib/format';
import { texts as customer } from '@/texts/customer-page';
import { texts } from '@/texts/plans';
import { Card } from '@/ui/primitives';
import { useDesk } from './desk';
import { itemsByDay } from './list-of-items';
import s from './plan-calendar.module.css';
import type { PlanSearch } from './plans-search';
import type { PlanItem } from './types';

const t = texts.calendar;
const icon = { size: 15, stroke: 1.7 } as const;
const mostShown = 4;

/** A month of the plan: what begins, what ends, and which meetings are when. */
export default function PlanCalendar({ search }: { search: PlanSearch }) {
  const { plan, today, spanOf } = useDesk();
  const navigate = useNavigate({ from: '/customers/$id/plans/$plan' });
  const first = plan.start > today || (plan.finish.forecast ?? today) < today ? plan.start : today;
  const month = search.month ?? first.slice(0, 7);
  const days = useMemo(() => daysOfMonth(month), [month]);
  const byDay = useMemo(
    () => itemsByDay(plan.items.map((item) => ({ ...item, ...spanOf(item) }))),
    [plan.items, spanOf],
  );
  const go = (by: number) => {
    const to = new Date(`${month}-01T00:00:00Z`);
    to.setUTCMonth(to.getUTCMonth() + by);
    void navigate({
      search: (before) => ({ ...before, month: to.toISOString().slice(0, 7) }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <Card
      title={monthName(month)}
      right={
        <div className={s.months}>
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              void navigate({ search: (before) => ({ ...before, month: undefined }), replace: true })
            }
          >
            {t.now}
          </Button>
          <ActionIcon aria-label={customer.calendar.before} onClick={() => go(-1)}>
            <IconChevronLeft {...icon} />
          </ActionIcon>
          <ActionIcon aria-label={customer.calendar.after} onClick={() => go(1)}>
            <IconChevronRight {...icon} />
          </ActionIcon>
        </div>
      }
      pad={false}
    >
      <div className={s.weekdays} aria-hidden>
        {customer.calendar.short.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol className={s.month}>
        {days.map((day, at) => (
          <Day
            key={day}
            day={day}
            column={at === 0 ? weekdayOf(dayNumber(day)) + 1 : undefined}
            items={byDay.get(day)}
          />
        ))}
      </ol>
    </Card>
  );
}

function daysOfMonth(month: string) {
  const first = dayNumber(`${month}-01`);
  const days: string[] = [];
  for (let day = first; isoDay(day).startsWith(month); day++) days.push(isoDay(day));
  return days;
}

function Day(props: { day: string; column?: number; items?: { item: PlanItem; as: 'start' | 'finish' }[] }) {
  const { today, why, open, tinted } = useDesk();
  const { day, items = [] } = props;
  const closed = why(dayNumber(day));
  return (
    <li
      className={s.day}
      data-closed={closed !== null}
      data-empty={items.length === 0}
      aria-current={day === today ? 'date' : undefined}
      style={props.column ? { gridColumnStart: props.column } : undefined}
    >
      <span className={s.number}>
        <span className="sr">{longDay(day)}</span>
        <span aria-hidden>{dayOfMonth(day)}</span>
        {closed && weekdayOf(dayNumber(day)) < 5 && <small>{closed}</small>}
      </span>
      {items.slice(0, mostShown).map(({ item, as }) => (
        <UnstyledButton
          key={`${item.id} ${as}`}
          className={s.item}
          data-kind={item.kind}
          data-state={item.state}
          data-as={as}
          data-tinted={tinted.has(item.id)}
          aria-label={as === 'start' ? t.begins(item.title) : item.title}
          onClick={() => open(item.id)}
        >
          {item.at && <b className="num">{item.at}</b>} {item.title}
        </UnstyledButton>
      ))}
      {items.length > mostShown && (
        <details className={s.rest}>
          <summary>{t.more(items.length - mostShown)}</summary>
          {items.slice(mostShown).map(({ item, as }) => (
            <UnstyledButton
              key={`${item.id} ${as}`}
              className={s.item}
              data-kind={item.kind}
              data-state={item.state}
              data-as={as}
              onClick={() => open(item.id)}
            >
              {item.at && <b className="num">{item.at}</b>} {item.title}
            </UnstyledButton>
          ))}
        </details>
      )}
    </li>
  );
}
