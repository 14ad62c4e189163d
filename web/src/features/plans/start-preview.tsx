import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { closedDays, dayNumber, isoDay, openDay } from '@/lib/days';
import { longDay, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Facts, Figures } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { Gantt } from './gantt/gantt';
import s from './start-plan.module.css';
import type { PlanPreview } from './types';
import { roleWords } from './words';

const t = texts.start;
const narrow = '(max-width: 48em)';
const show = { critical: true, baseline: false, links: false };

/** What the plan would be: its end, its bars, and a table of every date. Nothing of it is stored. */
export function StartPreview(props: { preview: PlanPreview; asked: string; isBehind: boolean }) {
  const { preview, asked } = props;
  const { ref, width } = useElementSize();
  const isNarrow = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const why = useMemo(() => closedDays(preview.calendar.closed, texts.plan.weekend), [preview.calendar]);
  const { goLive, finish } = preview;
  const closed = why(dayNumber(asked));
  const first = isoDay(openDay(dayNumber(asked), why));
  // Nothing of it is late: it has not begun.
  const items = useMemo(() => preview.items.map((item) => ({ ...item, late: false })), [preview.items]);
  const hours = (side: 'ours' | 'customer') =>
    preview.budget.filter((one) => one.side === side).reduce((sum, one) => sum + (one.budgetHours ?? 0), 0);
  return (
    <div ref={ref} className={s.preview} data-behind={props.isBehind} aria-busy={props.isBehind}>
      {preview.faults.length > 0 && (
        <Notice tone="warn">
          <details>
            <summary>{t.look(preview.faults.length)}</summary>
            <ul className={s.faults}>
              {preview.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </details>
        </Notice>
      )}
      {closed && <Notice tone="warn">{t.closed(longDay(asked), closed, longDay(first))}</Notice>}
      <Figures
        items={[
          { label: t.day1, value: weekdayDay(first), note: longDay(first) },
          {
            label: texts.head.goLive,
            value: goLive ? weekdayDay(goLive) : '–',
            note: goLive ? longDay(goLive) : t.noGoLive,
          },
          { label: t.finish, value: finish ? weekdayDay(finish) : '–', note: t.items(preview.items.length) },
          {
            label: t.ourHours,
            value: texts.hours(hours('ours')),
            note: t.theirHours(texts.hours(hours('customer'))),
          },
        ]}
      />
      {!isNarrow && width > 0 && (
        <section className={s.frame} aria-label={t.gantt}>
          <Gantt
            label={t.gantt}
            items={items}
            phases={preview.phases}
            why={why}
            zoom="fit"
            room={width}
            show={show}
          />
        </section>
      )}
      <Dates preview={preview} />
      {preview.omissions.length > 0 && (
        <Card title={t.leftOut} sub={t.leftOutSub}>
          <Facts rows={preview.omissions.map((one) => [one.title, one.why.result])} />
        </Card>
      )}
    </div>
  );
}

function Dates({ preview }: { preview: PlanPreview }) {
  const phases = new Map(preview.phases.map((phase) => [phase.id, phase.title]));
  const first = dayNumber(preview.start);
  const rows = preview.items.toSorted(
    (left, right) =>
      left.start.localeCompare(right.start) || (left.at ?? '99').localeCompare(right.at ?? '99'),
  );
  return (
    <Card title={t.dates} sub={t.datesSub} pad={false}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={`${table.inCard} ${s.scroll}`} aria-label={t.dates} tabIndex={0}>
        <table className={`${table.table} ${table.stack}`}>
          <thead>
            <tr>
              {(['day', 'date', 'what', 'who', 'effort'] as const).map((column) => (
                <th key={column} scope="col" className={column === 'effort' ? table.right : undefined}>
                  {t.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <tr key={item.id} data-item={item.key}>
                <td className={`num ${table.nowrap}`}>{t.dayNumber(dayNumber(item.finish) - first + 1)}</td>
                <td className={`num ${table.nowrap}`}>
                  {item.start === item.finish
                    ? longDay(item.finish)
                    : t.fromTo(weekdayDay(item.start), longDay(item.finish))}
                  {item.at && ` ${item.at}`}
                </td>
                <td data-wide>
                  <b className={s.what}>{item.title}</b>
                  <div className={table.muted}>
                    {texts.gantt.kinds[item.kind]}
                    {phases.get(item.phase) && ` · ${phases.get(item.phase)}`}
                  </div>
                </td>
                <td data-wide>{item.owner?.name ?? (item.role ? roleWords(item.role) : '–')}</td>
                <td className={`num ${table.right} ${table.phoneHide}`}>
                  {item.effortHours ? texts.hours(item.effortHours) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
