import { count } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Code } from '@/ui/copy';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { FaultRows } from './fault-rows';
import s from './imports.module.css';
import type { MadeEvent, Preview } from './imports-api';

const t = texts.add;

/** What the mapping makes of the rows: how many, the first as events, and every one that cannot be read. */
export function PreviewResult({ preview, yaml, busy }: { preview: Preview; yaml: string; busy: boolean }) {
  const { report } = preview;
  const faults = preview.mappingFaults ?? [];
  return (
    <div className={s.page} data-busy={busy || undefined} aria-busy={busy}>
      {faults.length > 0 && (
        <Notice tone="bad">
          <strong>{t.mappingFaults}</strong>
          <ul className={s.mappingFaults}>
            {faults.map((fault) => (
              <li key={`${fault.pointer}${fault.code}${fault.detail}`}>
                <code>{fault.pointer}</code> {fault.detail}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {report && (
        <Card
          title={t.previewTitle}
          sub={preview.isWhole ? t.whole(count(report.rows)) : t.part(count(report.rows))}
          pad={false}
        >
          <div className={s.verdicts}>
            <Pill tone="ok" dot>
              {t.fine(count(report.mapped))}
            </Pill>
            {report.rejected > 0 && (
              <Pill tone="bad" dot>
                {t.rejected(count(report.rejected))}
              </Pill>
            )}
            {report.flagged > 0 && (
              <Pill tone="warn" dot>
                {t.flagged(count(report.flagged))}
              </Pill>
            )}
          </div>
          {report.firstEvents && report.firstEvents.length > 0 && <FirstEvents events={report.firstEvents} />}
        </Card>
      )}
      {report && report.faults.length > 0 && (
        <Card title={t.faults} sub={t.faultsSub(count(report.faults.length))} pad={false}>
          <FaultRows faults={report.faults} />
        </Card>
      )}
      <details className={s.yaml}>
        <summary>{t.yaml}</summary>
        <p className={s.hint}>{t.yamlText}</p>
        <Code value={yaml} what={t.yaml} />
      </details>
    </div>
  );
}

function FirstEvents({ events }: { events: MadeEvent[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={s.scroll} aria-label={t.firstEvents} tabIndex={0}>
      <table className={`${table.table} ${table.stack} ${table.inCard}`}>
        <caption className="sr">{t.firstEvents}</caption>
        <thead>
          <tr>
            <th scope="col">{t.event}</th>
            <th scope="col">{t.time}</th>
            <th scope="col">{t.subject}</th>
            <th scope="col">{t.id}</th>
            <th scope="col">data</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <strong>{event.type}</strong>
              </td>
              <td className={`${table.nowrap} num`}>{event.time}</td>
              <td>{event.subject ?? '–'}</td>
              <td className={`${table.mono} ${table.phoneHide}`}>{event.id}</td>
              <td className={table.mono} data-wide>
                {JSON.stringify(event.data)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
