export interface CalendarSearch {
  /** The month that is shown, `2026-03`; this one when absent. */
  month?: string;
}

export const calendarSearch = (search: Record<string, unknown>): CalendarSearch => ({
  month:
    typeof search.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(search.month)
      ? search.month
      : undefined,
});
