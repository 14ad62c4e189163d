import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconFileImport,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { count, countryName, day, monthName } from '@/lib/format';
import { texts } from '@/texts/customer-page';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './calendar.module.css';
import {
  type Calendar,
  type CalendarDay,
  calendarDaysQuery,
  calendarsQuery,
  holidaysQuery,
  type Interval,
  putCalendar,
  removeCalendar,
  weekdays,
} from './calendar-api';
import { hoursText, minutesOf, monthAfter } from './calendar-text';
import { DueCard } from './due-card';

const CalendarDialog = lazy(() => import('./calendar-dialog'));
const ClosedDaysDialog = lazy(() => import('./closed-days-dialog'));
const route = getRouteApi('/inside/customers/$id/calendar');
const t = texts.calendar;
const dayMinutes = 1440;
const icon = { size: 15, stroke: 1.7 } as const;

/** When the customer is open: a month of days with the reason of each, the week, own closed days, versions. */
export default function CustomerCalendar() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const { data } = useSuspenseQuery(calendarsQuery(id));
  const [today] = useState(() => new Date().toLocaleDateString('sv'));
  const [open, setOpen] = useState<'calendar' | 'file'>();
  const current = data.items.find((one) => one.validFrom <= today) ?? data.standard;
  const month = search.month ?? today.slice(0, 7);
  return (
    <div className={ui.columns}>
      <div className={ui.stack}>
        <Month customer={id} month={month} today={today} />
        <DueCard customer={id} today={today} />
      </div>
      <div className={ui.stack}>
        <Card
          title={t.week}
          sub={t.zone(current.timeZone)}
          right={
            <Button
              variant="default"
              leftSection={<IconPencil {...icon} />}
              onClick={() => setOpen('calendar')}
            >
              {data.items.length > 0 ? t.change : t.write}
            </Button>
          }
        >
          {current === data.standard && <p className={s.text}>{t.standard}</p>}
          <Facts
            rows={weekdays.map((name, at) => [
              t.days[at] ?? name,
              <Hours key={name} of={current.week[name] ?? []} />,
            ])}
          />
        </Card>
        <Card
          title={t.closedDays}
          right={
            // A file adds to a version, and the standard is none.
            current !== data.standard && (
              <Button
                variant="default"
                leftSection={<IconFileImport {...icon} />}
                onClick={() => setOpen('file')}
              >
                {t.file.open}
              </Button>
            )
          }
        >
          {current.closedDays.length === 0 ? (
            <span className={s.quiet}>{t.noClosedDays}</span>
          ) : (
            <Facts rows={current.closedDays.map((one) => [day(one.date), one.name])} />
          )}
        </Card>
        <Card title={t.holidays}>
          {current.holidays ? (
            <HolidayPlace of={current.holidays} />
          ) : (
            <span className={s.quiet}>{t.noHolidays}</span>
          )}
        </Card>
        {data.items.length > 0 && (
          <Versions customer={id} versions={data.items} current={current} today={today} />
        )}
      </div>
      {open === 'calendar' && (
        <Suspense>
          <CalendarDialog
            customer={id}
            calendar={current}
            versions={data.items}
            today={today}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
      {open === 'file' && (
        <Suspense>
          <ClosedDaysDialog customer={id} calendar={current} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

/** Whose holidays are kept, with the name of the region where it is known. */
function HolidayPlace({ of: place }: { of: { country: string; region: string | null } }) {
  const { data } = useQuery(holidaysQuery);
  const regions = data?.items.find((one) => one.code === place.country)?.regions;
  const region = regions?.find((one) => one.code === place.region)?.name ?? place.region;
  return (
    <span className={s.text}>
      {countryName(place.country)}
      {region && `, ${region}`}
    </span>
  );
}

function Month({ customer, month, today }: { customer: string; month: string; today: string }) {
  const navigate = useNavigate({ from: '/customers/$id/calendar' });
  const { data, error } = useQuery({
    ...calendarDaysQuery(customer, month),
    placeholderData: keepPreviousData,
  });
  const go = (by: number) =>
    navigate({ search: { month: monthAfter(month, by) }, replace: true, resetScroll: false });
  const blanks = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
  const open = data?.items.filter((one) => one.why === 'open') ?? [];
  const minutes = open.reduce((sum, one) => sum + minutesOf(one.opening), 0);
  return (
    <Card
      title={monthName(month)}
      sub={data && t.openDays(open.length, count(Math.round(minutes / 60)))}
      right={
        <div className={s.months}>
          <Button variant="subtle" color="gray" onClick={() => navigate({ search: {}, replace: true })}>
            {t.today}
          </Button>
          <ActionIcon aria-label={t.before} onClick={() => go(-1)}>
            <IconChevronLeft {...icon} />
          </ActionIcon>
          <ActionIcon aria-label={t.after} onClick={() => go(1)}>
            <IconChevronRight {...icon} />
          </ActionIcon>
        </div>
      }
      pad={false}
    >
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data?.missing.map((one) => (
        <Notice key={one} tone="warn">
          {one}
        </Notice>
      ))}
      <div className={s.weekdays} aria-hidden>
        {t.short.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol className={s.month}>
        {data?.items.map((one, at) => (
          <Day
            key={one.date}
            day={one}
            column={at === 0 ? blanks + 1 : undefined}
            isToday={one.date === today}
          />
        ))}
      </ol>
    </Card>
  );
}

function Day({ day: one, column, isToday }: { day: CalendarDay; column?: number; isToday: boolean }) {
  const all = minutesOf(one.opening) === dayMinutes;
  return (
    <li
      className={s.day}
      data-why={one.why}
      data-today={isToday}
      style={column ? { gridColumnStart: column } : undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      <span className={s.number}>
        <VisuallyHidden>{day(one.date)}</VisuallyHidden>
        <span aria-hidden>{Number(one.date.slice(8))}</span>
      </span>
      {one.why === 'open' ? (
        <span className={s.hours}>
          {all
            ? t.roundTheClock
            : one.opening.map((interval) => (
                <span key={interval.from}>{`${interval.from}–${interval.until}`}</span>
              ))}
        </span>
      ) : (
        <span className={s.why}>
          {one.name ?? <span className={one.why === 'weekday' ? s.weekday : undefined}>{t.weekday}</span>}
        </span>
      )}
      {one.why === 'open' && (
        <svg className={s.bar} viewBox={`0 0 ${dayMinutes} 10`} preserveAspectRatio="none" aria-hidden>
          {one.opening.map((interval) => (
            <rect key={interval.from} x={place(interval.from)} width={minutesOf([interval])} height="10" />
          ))}
        </svg>
      )}
    </li>
  );
}

const place = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const Hours = ({ of: intervals }: { of: Interval[] }) => {
  if (intervals.length === 0) return <span className={s.quiet}>{t.closed}</span>;
  return (
    <span className="num">
      {minutesOf(intervals) === dayMinutes ? t.roundTheClock : hoursText(intervals)}
    </span>
  );
};

function Versions(props: { customer: string; versions: Calendar[]; current: Calendar; today: string }) {
  const client = useQueryClient();
  const remove = async (version: Calendar) => {
    const refresh = () => client.invalidateQueries({ queryKey: ['customers', 'calendars', props.customer] });
    try {
      await removeCalendar(props.customer, version);
      await toast(t.removed, {
        undo: async () => {
          const { validFrom, version: _, ...change } = version;
          await putCalendar(props.customer, validFrom, {
            timeZone: change.timeZone,
            week: change.week,
            closedDays: change.closedDays,
            holidays: change.holidays,
          });
          await refresh();
          await toast(t.restored);
        },
      });
    } catch (error) {
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
    await refresh();
  };
  return (
    <Card title={t.versions} pad={false}>
      <ul className={s.versions}>
        {props.versions.map((version) => (
          <li key={version.validFrom} data-current={version === props.current}>
            <span>
              {version.validFrom > props.today
                ? t.willHold(day(version.validFrom))
                : t.holds(day(version.validFrom))}
            </span>
            <ActionIcon aria-label={`${t.remove}: ${day(version.validFrom)}`} onClick={() => remove(version)}>
              <IconTrash {...icon} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </Card>
  );
}
