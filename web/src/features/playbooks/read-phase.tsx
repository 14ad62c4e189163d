import { IconArrowRight, IconFlag, IconLock } from '@tabler/icons-react';
import type { PlaybookGate, PlaybookItem, PlaybookPhase, PlaybookStep } from '@/api/playbooks';
import { decimal } from '@/lib/format';
import { texts } from '@/texts/playbooks';
import { Card, Pill } from '@/ui/primitives';
import s from './playbook.module.css';
import { Meeting } from './read-meeting';
import { daysText } from './strip';
import { roleWords } from './words';

const t = texts.read;

export function Phase({ phase, all }: { phase: PlaybookPhase; all: PlaybookPhase[] }) {
  const of = (kind: PlaybookItem['kind']) => phase.items.filter((item) => item.kind === kind);
  const after = phase.after.map((id) => all.find((one) => one.id === id)?.title ?? id);
  const meetings = of('meeting');
  return (
    <Card
      title={phase.title}
      sub={[daysText(phase.from, phase.to, texts.day), after.length > 0 && t.after(after.join(', '))]
        .filter(Boolean)
        .join(' · ')}
      pad={false}
    >
      <div className={s.phase}>
        {phase.goal && <p className={s.goal}>{phase.goal}</p>}
        {phase.gate && <Gate gate={phase.gate} />}
        <Items title={t.tasks} items={[...of('task'), ...of('deliverable')]} />
        {meetings.length > 0 && (
          <section>
            <h3 className={s.part}>{t.meetings}</h3>
            <ul className={s.meetings}>
              {meetings.map((meeting) => (
                <Meeting key={meeting.id} meeting={meeting} />
              ))}
            </ul>
          </section>
        )}
        <Milestones items={of('milestone')} />
        {of('hand-off').map((item) => (
          <HandOff key={item.id} item={item} />
        ))}
        {phase.checklists.map((list) => (
          <details key={list.id} className={s.fold}>
            <summary>
              <span>{list.title}</span>
              <small className={s.small}>
                {[list.role && roleWords(list.role), t.entries(list.items.length)]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </summary>
            <Ticks of={list.items} />
          </details>
        ))}
        {phase.cutover && (
          <Steps
            title={t.cutover(phase.cutover.day, phase.cutover.starts)}
            note={
              phase.cutover.decideBy
                ? t.rollback(phase.cutover.decideBy, phase.cutover.within ?? '–')
                : undefined
            }
            of={phase.cutover.steps}
          />
        )}
        {phase.timeline.length > 0 && <Steps title={t.timeline} of={phase.timeline} />}
      </div>
    </Card>
  );
}

function Gate({ gate }: { gate: PlaybookGate }) {
  return (
    <section className={s.gate} aria-label={gate.title}>
      <h3 className={s.gateTitle}>
        <IconLock size={14} stroke={1.8} aria-hidden /> {gate.title}
        <small className={s.small}>{t.decidedBy(gate.authority.map(roleWords).join(', '))}</small>
      </h3>
      <ul>
        {gate.criteria.map((criterion) => (
          <li key={criterion.id}>
            {criterion.statement}
            {criterion.formula && <code className={s.formula}>{criterion.formula}</code>}
            {criterion.attestedBy && (
              <small className={s.small}>
                {t.attestedBy(roleWords(criterion.attestedBy))}
                {criterion.evidence && ` · ${criterion.evidence}`}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Items({ title, items }: { title: string; items: PlaybookItem[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className={s.part}>{title}</h3>
      <ul className={s.items}>
        {items.map((item) => (
          <li key={item.id}>
            <details className={s.item}>
              <summary>
                <span className={s.days}>{daysText(item.from, item.to, texts.day)}</span>
                <span className={s.itemTitle}>
                  {item.title}
                  {item.kind === 'deliverable' && <Pill tone="accent">{t.deliverable}</Pill>}
                  {item.audience && item.audience !== 'internal' && (
                    <Pill tone="info">{texts.audiences[item.audience] ?? item.audience}</Pill>
                  )}
                </span>
                <span className={s.who}>{item.role && roleWords(item.role)}</span>
                <span className={`${s.effort} num`}>
                  {item.effortHours ? texts.hours(decimal(item.effortHours)) : ''}
                </span>
              </summary>
              <More item={item} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function More({ item }: { item: PlaybookItem }) {
  const nothing = !item.details && item.checklist.length === 0 && item.after.length === 0 && !item.when;
  return (
    <div className={s.more}>
      {item.details && <p>{item.details}</p>}
      <Ticks of={item.checklist} />
      {item.after.length > 0 && (
        <p className={s.small}>
          {t.waitsFor(
            item.after
              .map((one) =>
                [one.item, one.kind === 'FS' ? '' : one.kind, one.lagDays ? t.lag(one.lagDays) : '']
                  .filter(Boolean)
                  .join(' '),
              )
              .join(', '),
          )}
        </p>
      )}
      {item.when && (
        <p className={s.small}>
          {t.onlyWhen} <code className={s.formula}>{item.when}</code>
        </p>
      )}
      {nothing && <p className={s.small}>{t.nothingMore}</p>}
    </div>
  );
}

const Milestones = ({ items }: { items: PlaybookItem[] }) =>
  items.length === 0 ? null : (
    <section>
      <h3 className={s.part}>{t.milestones}</h3>
      <ul className={s.flags}>
        {items.map((item) => (
          <li key={item.id}>
            <IconFlag size={14} stroke={1.8} aria-hidden />
            <b className="num">{daysText(item.from, item.to, texts.day)}</b> {item.title}
          </li>
        ))}
      </ul>
    </section>
  );

function HandOff({ item }: { item: PlaybookItem }) {
  const { handOff } = item;
  if (!handOff) return null;
  return (
    <section className={s.handOff} aria-label={item.title}>
      <h3 className={s.gateTitle}>
        {item.title}
        <small className={s.small}>
          {daysText(item.from, item.to, texts.day)} · {roleWords(handOff.from)}{' '}
          <IconArrowRight size={12} role="img" aria-label={t.to} /> {roleWords(handOff.to)}
          {handOff.signOff && ` · ${t.signedBy(roleWords(handOff.signOff))}`}
        </small>
      </h3>
      <div className={s.two}>
        <div>
          <h4>{t.handedOver}</h4>
          <Ticks of={handOff.items} />
        </div>
        <div>
          <h4>{t.verified}</h4>
          <Ticks of={handOff.verify} />
        </div>
      </div>
    </section>
  );
}

function Steps({ title, note, of: steps }: { title: string; note?: string; of: PlaybookStep[] }) {
  return (
    <section>
      <h3 className={s.part}>{title}</h3>
      {note && <p className={s.small}>{note}</p>}
      <ol className={s.clock}>
        {steps.map((step) => (
          <li key={`${step.at} ${step.title}`}>
            <b className="num">{step.at}</b>
            <span>
              {step.title}
              <small className={s.small}>
                {[step.role && roleWords(step.role), step.check].filter(Boolean).join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const Ticks = ({ of: entries }: { of: string[] }) =>
  entries.length === 0 ? null : (
    <ul className={s.ticks}>
      {entries.map((entry) => (
        <li key={entry}>{entry}</li>
      ))}
    </ul>
  );
