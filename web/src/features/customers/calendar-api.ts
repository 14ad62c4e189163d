import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';
import type { Derived } from '@/ui/derivation';

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
  why: 'open' | 'weekday' | 'closed-day' | 'public-holiday';
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
    queryFn: ({ signal }) =>
      json<Page<CalendarDay> & { missing: string[] }>('GET', `${home(customer)}/calendar-days`, {
        query: { month },
        signal,
      }),
  });

/** Writes the version that holds from a day on; `standing` is the one that begins on that day already. */
export const putCalendar = (customer: string, from: string, change: CalendarChange, standing?: Calendar) =>
  json<Calendar>('PUT', `${home(customer)}/calendars/${from}`, { body: change, ifMatch: standing?.version });

export const removeCalendar = (customer: string, calendar: Calendar) =>
  json<void>('DELETE', `${home(customer)}/calendars/${calendar.validFrom}`, { ifMatch: calendar.version });

/** A country whose public holidays are known, with its regions. */
export interface HolidayCountry {
  code: string;
  name: string;
  firstYear: number;
  lastYear: number;
  regions: { code: string; name: string }[];
}

export const holidaysQuery = queryOptions({
  queryKey: ['holidays'],
  queryFn: ({ signal }) =>
    json<{ items: HolidayCountry[]; attribution: string }>('GET', '/v1/holidays', { signal }),
  // The list changes only with the program.
  staleTime: Number.POSITIVE_INFINITY,
});

export interface CalendarMoment {
  at: string;
  local: string;
  timeZone: string;
  derivation: Derived;
}

/** When something is due that takes so much business time; `from` is on the calendar's clock, as 2026-03-06T15:00. */
export const dueQuery = (customer: string, from: string, add: string) =>
  queryOptions({
    queryKey: ['customers', 'calendars', customer, 'due', from, add],
    queryFn: ({ signal }) =>
      json<CalendarMoment>('GET', `${home(customer)}/calendars/due`, { query: { from, add }, signal }),
    enabled: from !== '' && add !== '',
    retry: false,
  });

export interface ClosedDay {
  date: string;
  name: string;
}

const closedDays = (customer: string, calendar: Calendar) =>
  `${home(customer)}/calendars/${calendar.validFrom}/closed-days`;
const calendarFile = (file: Blob) => new Blob([file], { type: 'text/calendar' });

/** What an iCalendar file would add; nothing is changed. */
export const previewClosedDays = (customer: string, calendar: Calendar, file: Blob) =>
  json<{ added: ClosedDay[]; kept: ClosedDay[] }>(
    'POST',
    `${closedDays(customer, calendar)}/import-previews`,
    {
      body: calendarFile(file),
    },
  );

export const importClosedDays = (customer: string, calendar: Calendar, file: Blob) =>
  json<Calendar>('POST', `${closedDays(customer, calendar)}/imports`, {
    body: calendarFile(file),
    ifMatch: calendar.version,
  });
