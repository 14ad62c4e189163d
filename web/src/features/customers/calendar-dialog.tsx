import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { countryName } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './calendar.module.css';
import { type Calendar, type CalendarChange, holidaysQuery, putCalendar, weekdays } from './calendar-api';
import { hoursText, readClosedDays, readHours } from './calendar-text';

const t = texts.calendar;
const zones = Intl.supportedValuesOf('timeZone');

/** Writes the whole calendar from a day on. Every fault that the server finds is shown, each with its place. */
export default function CalendarDialog(props: {
  customer: string;
  calendar: Calendar;
  versions: Calendar[];
  today: string;
  onClose: () => void;
}) {
  const { calendar } = props;
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ from, change }: { from: string; change: CalendarChange }) =>
      putCalendar(
        props.customer,
        from,
        change,
        props.versions.find((one) => one.validFrom === from),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customers', 'calendars', props.customer] });
      props.onClose();
      await toast(t.saved);
    },
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  const under = (place: string) =>
    problem?.problem.faults?.find((fault) => fault.pointer.startsWith(`/${place}`))?.detail;
  return (
    <Dialog open onClose={props.onClose} title={t.form.title}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          save.mutate({
            from: text('validFrom'),
            change: {
              timeZone: text('timeZone'),
              week: Object.fromEntries(weekdays.map((name) => [name, readHours(text(name))])),
              closedDays: readClosedDays(text('closedDays')),
              holidays: text('country') ? { country: text('country'), region: text('region') || null } : null,
            },
          });
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <div className={ui.formRow}>
          <TextInput
            size="sm"
            name="validFrom"
            type="date"
            required
            withAsterisk={false}
            label={t.form.validFrom}
            defaultValue={props.versions.includes(calendar) ? calendar.validFrom : props.today}
            error={under('validFrom')}
          />
          <TextInput
            size="sm"
            name="timeZone"
            list="calendar-zones"
            label={t.form.zone}
            defaultValue={calendar.timeZone}
            error={under('timeZone')}
          />
          <datalist id="calendar-zones">
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <div className={ui.hint}>{t.form.validFromHint}</div>
        <div className={s.week}>
          {weekdays.map((name, at) => (
            <TextInput
              key={name}
              size="xs"
              name={name}
              label={t.days[at]}
              defaultValue={hoursText(calendar.week[name] ?? [])}
              error={under(`week/${name}`)}
              styles={{ root: { display: 'grid', gridTemplateColumns: '96px 1fr', alignItems: 'center' } }}
            />
          ))}
          <div className={ui.hint}>{t.form.hoursHint}</div>
        </div>
        <Textarea
          size="sm"
          name="closedDays"
          label={t.form.closed}
          description={t.form.closedHint}
          autosize
          minRows={2}
          defaultValue={calendar.closedDays.map((one) => `${one.date} ${one.name}`).join('\n')}
          error={under('closedDays')}
        />
        <div className={ui.formRow}>
          <Holidays of={calendar.holidays} under={under} />
        </div>
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t.form.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** A country and one of its regions, from the list of those whose holidays are known; what the calendar has already stays on offer. */
function Holidays(props: { of: Calendar['holidays']; under: (place: string) => string | undefined }) {
  const { data } = useQuery(holidaysQuery);
  const [country, setCountry] = useState(props.of?.country ?? '');
  const [region, setRegion] = useState(props.of?.region ?? '');
  const countries = data?.items ?? [];
  const regions = countries.find((one) => one.code === country)?.regions ?? [];
  const names = countries
    .map((one) => ({ value: one.code, label: countryName(one.code) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const places = regions.map((one) => ({ value: one.code, label: one.name }));
  return (
    <>
      <NativeSelect
        size="sm"
        name="country"
        label={t.form.country}
        value={country}
        onChange={(event) => {
          setCountry(event.currentTarget.value);
          setRegion('');
        }}
        data={[{ value: '', label: t.form.noCountry }, ...withOwn(names, country, countryName)]}
        error={props.under('holidays/country')}
      />
      <NativeSelect
        size="sm"
        name="region"
        label={t.form.region}
        value={region}
        disabled={country === ''}
        onChange={(event) => setRegion(event.currentTarget.value)}
        data={[{ value: '', label: t.form.wholeCountry }, ...withOwn(places, region)]}
        error={props.under('holidays/region')}
      />
    </>
  );
}

const withOwn = (
  list: { value: string; label: string }[],
  own: string,
  name: (code: string) => string = (code) => code,
) => (own && !list.some((one) => one.value === own) ? [...list, { value: own, label: name(own) }] : list);
