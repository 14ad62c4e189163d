import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { dayMonth, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Pill } from '@/ui/primitives';
import { useDesk } from './desk';
import { percentOf } from './gantt/layout';
import { byPhase } from './list-of-items';
import s from './timeline.module.css';
import type { PlanItem } from './types';
import { stateTone } from './words';

const t = texts.gantt;

/** The plan from the first day to the last, for a window too narrow for bars. Finished phases are folded. */
export function TimelineList() {
  const { plan } = useDesk();
  const groups = byPhase(plan.items, plan.phases).filter((group) => group.items.length > 0);
  return (
    <div className={s.timeline}>
      {groups.map(({ phase, items }) => (
        <Phase key={phase.id} title={phase.title} items={items} span={phase} />
      ))}
      {groups.length === 0 && <p className={s.quiet}>{t.nothing}</p>}
    </div>
  );
}

function Phase(props: { title: string; items: PlanItem[]; span: { start: string; finish: string } }) {
  const percent = Math.round(percentOf(props.items));
  const [open, setOpen] = useState(percent < 100);
  return (
    <section className={s.phase}>
      <h2 className={s.head}>
        <UnstyledButton className={s.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={s.name}>{props.title}</span>
          <span className={s.when}>
            {dayMonth(props.span.start)} – {dayMonth(props.span.finish)} · {percent} %
          </span>
        </UnstyledButton>
      </h2>
      {open && (
        <ol className={s.items}>
          {props.items.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Item({ item }: { item: PlanItem }) {
  const desk = useDesk();
  const span = desk.spanOf(item);
  const isMoved = span.start !== item.start || span.finish !== item.finish;
  return (
    <li className={s.item} data-state={item.state} data-kind={item.kind} data-critical={item.critical}>
      <UnstyledButton
        className={s.line}
        data-tinted={desk.tinted.has(item.id)}
        onClick={() => desk.open(item.id)}
      >
        <span className={s.when}>
          {span.start === span.finish
            ? weekdayDay(span.finish)
            : `${weekdayDay(span.start)} – ${weekdayDay(span.finish)}`}
          {item.at && ` · ${item.at}`}
          {isMoved && <b> {t.was(dayMonth(item.finish))}</b>}
        </span>
        <span className={s.title}>{item.title}</span>
        <span className={s.facts}>
          <Pill tone={item.late ? 'bad' : stateTone(item.state)} dot plain>
            {item.late ? t.late : texts.states[item.state]}
          </Pill>
          {item.owner && <span>{item.owner.name}</span>}
          {item.critical && item.state !== 'done' && <span>{t.onCriticalPath}</span>}
        </span>
      </UnstyledButton>
    </li>
  );
}
