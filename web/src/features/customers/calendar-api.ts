import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';

export interface Interval {
  from: string;
  until: string;
}
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

export interface CalendarChange {
  timeZone: string;
  week: Partial<Record<Weekday, Interval[]>>;
  closedDays: { date: string; name: string }[];
  holidays: { country: string; region: string | null } | null;
}

export interface Calendar extends CalendarChange {
  validFrom: string;
  version: number;
}

export interface CalendarDay {
  date: string;
  why: 'open' | 'weekday' | 'closed-day';
  name: string | null;
  opening: Interval[];
  validFrom: string | null;
}

const home = (customer: string) => `/v1/customers/${customer}`;

export const calendarsQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customers', 'calendars', customer],
    queryFn: ({ signal }) =>
      json<{ items: Calendar[]; standard: Calendar }>('GET', `${home(customer)}/calendars`, { signal }),
  });

/** The days of a month (`2026-03`). */
export const calendarDaysQuery = (customer: string, month: string) =>
  queryOptions({
    queryKey: ['customers', 'calendars', customer, month],
    queryFn: async ({ signal }) =>
      (await json<Page<CalendarDay>>('GET', `${home(customer)}/calendar-days`, { query: { month }, signal }))
        .items,
  });

/** Writes the version that holds from a day on; `standing` is the one that begins on that day already. */
export const putCalendar = (customer: string, from: string, change: CalendarChange, standing?: Calendar) =>
  json<Calendar>('PUT', `${home(customer)}/calendars/${from}`, { body: change, ifMatch: standing?.version });

export const removeCalendar = (customer: string, calendar: Calendar) =>
  json<void>('DELETE', `${home(customer)}/calendars/${calendar.validFrom}`, { ifMatch: calendar.version });
