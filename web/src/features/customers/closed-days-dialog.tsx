import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { day } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-page';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './calendar.module.css';
import { type Calendar, importClosedDays, previewClosedDays } from './calendar-api';

const t = texts.calendar.file;

/** Takes closed days from an iCalendar file: first what it would add, then, if that is meant, the change. */
export default function ClosedDaysDialog(props: {
  customer: string;
  calendar: Calendar;
  onClose: () => void;
}) {
  const { customer, calendar } = props;
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const preview = useMutation({
    mutationFn: (chosen: File) => previewClosedDays(customer, calendar, chosen),
  });
  const save = useMutation({
    mutationFn: (chosen: File) => importClosedDays(customer, calendar, chosen),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customers', 'calendars', customer] });
      props.onClose();
      await toast(t.saved(added.length));
    },
  });
  const added = preview.data?.added ?? [];
  const kept = preview.data?.kept.length ?? 0;
  return (
    <Dialog open onClose={props.onClose} title={t.title}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file) save.mutate(file);
        }}
      >
        <p className={s.text}>{t.sub}</p>
        <input
          type="file"
          accept=".ics,text/calendar"
          aria-label={t.choose}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            setFile(chosen);
            preview.reset();
            if (chosen) preview.mutate(chosen);
          }}
        />
        <Faults of={preview.error ?? save.error} />
        {preview.data && (
          <>
            <strong>{added.length > 0 ? t.added(added.length) : t.nothing}</strong>
            {added.length > 0 && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, so the keyboard has to reach it
              <ul className={s.days} tabIndex={0}>
                {added.map((one) => (
                  <li key={one.date}>
                    <time dateTime={one.date}>{day(one.date)}</time> {one.name}
                  </li>
                ))}
              </ul>
            )}
            {kept > 0 && <div className={ui.hint}>{t.kept(kept)}</div>}
          </>
        )}
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" disabled={added.length === 0} loading={save.isPending}>
            {t.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** Every line of the file that cannot be taken, so that it is mended in one go. */
function Faults({ of: error }: { of: Error | null }) {
  if (!error) return null;
  const faults = error instanceof ProblemError ? (error.problem.faults ?? []) : [];
  return (
    <Notice tone="bad">
      {faults.length > 1 ? (
        <ul>
          {faults.map((fault) => (
            <li key={fault.pointer}>{fault.detail}</li>
          ))}
        </ul>
      ) : (
        error.message
      )}
    </Notice>
  );
}
