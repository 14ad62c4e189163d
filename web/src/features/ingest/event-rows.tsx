import { UnstyledButton } from '@mantine/core';
import type { Ref } from 'react';
import type { IngestedEvent } from '@/api/types';
import { instant } from '@/lib/format';
import { texts as t } from '@/texts/ingest';
import { Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import s from './ingest.module.css';

export function EventRows(props: {
  ref?: Ref<HTMLElement>;
  events: IngestedEvent[];
  tinted: ReadonlySet<number>;
  zone: string | null;
  onOpen: (index: number) => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section ref={props.ref} className={table.wrap} aria-label={t.title} tabIndex={0}>
      <table className={`${table.table} ${table.stack} ${s.rows}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.type}</th>
            <th scope="col">{t.columns.time}</th>
            <th scope="col">{t.columns.subject}</th>
            <th scope="col">{t.columns.event}</th>
            <th scope="col" className={table.low}>
              {t.columns.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.events.map((event) => (
            <tr key={event.index} data-new={props.tinted.has(event.index) || undefined}>
              <td>
                <UnstyledButton className={table.rowLink} onClick={() => props.onOpen(event.index)}>
                  {event.type}
                </UnstyledButton>
              </td>
              <td className={`${table.nowrap} num`}>
                {instant(event.time ?? event.receivedAt, props.zone)}{' '}
                {event.late && (
                  <Pill tone="warn" plain>
                    {t.late}
                  </Pill>
                )}
              </td>
              <td>{event.subject ?? '–'}</td>
              <td className={table.mono}>{event.eventId}</td>
              <td className={`${table.low} ${table.muted}`}>{event.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
