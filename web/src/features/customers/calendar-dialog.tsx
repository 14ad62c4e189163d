import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { countryName } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './calendar.module.css';
import { type Calendar, type CalendarChange, putCalendar, weekdays } from './calendar-api';
import { hoursText, readClosedDays, readHours } from './calendar-text';

const t = texts.calendar;
const zones = Intl.supportedValuesOf('timeZone');
// Where this product's customers usually are; the API takes every country.
const countries = 'AT AU BE BR CA CH CZ DE DK ES FI FR GB IE IN IT JP MX NL NO NZ PL PT SE SG US ZA'.split(
  ' ',
);

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
              holidays: text('country')
                ? { country: text('country'), region: text('region').toUpperCase() || null }
                : null,
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
          <NativeSelect
            size="sm"
            name="country"
            label={t.form.country}
            defaultValue={calendar.holidays?.country ?? ''}
            data={[
              { value: '', label: t.form.noCountry },
              ...withOwn(calendar.holidays?.country).map((code) => ({
                value: code,
                label: countryName(code),
              })),
            ]}
            error={under('holidays/country')}
          />
          <TextInput
            size="sm"
            name="region"
            label={t.form.region}
            placeholder={t.form.regionHint}
            defaultValue={calendar.holidays?.region ?? ''}
            error={under('holidays/region')}
          />
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

const withOwn = (own?: string) => (own && !countries.includes(own) ? [own, ...countries] : countries);
