import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Playbook, PlaybookModel } from '@/api/playbooks';
import { decimal } from '@/lib/format';
import { texts } from '@/texts/playbooks';
import { Facts, Figures } from '@/ui/facts';
import { Card, Empty } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './playbook.module.css';
import { Phase } from './read-phase';
import { daysNamed, daysText, stretchesOf } from './strip';
import { roleWords } from './words';

const t = texts.read;

/** A playbook as a person reads it: its phases over the days, then each phase with all that is done in it. */
export function Read({ playbook }: { playbook: Playbook }) {
  const { model } = playbook;
  const [chosen, setChosen] = useState<string>();
  if (!model)
    return (
      <Empty
        icon={<IconAlertTriangle size={24} stroke={1.6} />}
        title={t.brokenTitle}
        actions={
          <Link
            to="/playbooks/$playbook"
            params={{ playbook: playbook.id }}
            search={{ view: 'source' }}
            className={ui.buttonLink}
          >
            {t.toSource}
          </Link>
        }
      >
        {t.broken}
      </Empty>
    );
  const hours = (side: 'ours' | 'customer') => {
    const whole = model.budget?.[side];
    return whole === null || whole === undefined ? '–' : texts.hours(decimal(whole));
  };
  return (
    <>
      {playbook.summary && <p className={s.summary}>{playbook.summary}</p>}
      <Figures
        items={[
          { label: t.length, value: playbook.days || '–', note: t.counts[model.days] },
          { label: t.work, value: playbook.tasks, note: texts.library.meetings(playbook.meetings) },
          { label: t.ours, value: hours('ours'), note: t.budget },
          { label: t.customers, value: hours('customer'), note: t.budget },
        ]}
      />
      <Strip model={model} chosen={chosen} onChoose={setChosen} />
      <div className={ui.columns}>
        <div className={ui.stack}>
          {model.phases
            .filter((phase) => chosen === undefined || phase.id === chosen)
            .map((phase) => (
              <Phase key={phase.id} phase={phase} all={model.phases} />
            ))}
        </div>
        <Aside model={model} />
      </div>
    </>
  );
}

/** The phases over the days. Pressing one shows it alone, pressing it again all of them. */
function Strip(props: {
  model: PlaybookModel;
  chosen?: string;
  onChoose: (phase: string | undefined) => void;
}) {
  const { stretches, rows, last } = stretchesOf(props.model);
  return (
    <section className={s.strip} aria-label={t.strip}>
      <ol className={s.stretches} style={{ height: rows * 42 }}>
        {stretches.map(({ phase, left, width, row, isOpen }, at) => (
          <li
            key={phase.id}
            className={s.stretch}
            style={{ left: `${left * 100}%`, width: `${width * 100}%`, top: row * 42 }}
          >
            <UnstyledButton
              className={s.stretchButton}
              data-shade={at % 3}
              data-open={isOpen}
              data-faded={props.chosen !== undefined && props.chosen !== phase.id}
              aria-pressed={props.chosen === phase.id}
              title={phase.title}
              onClick={() => props.onChoose(props.chosen === phase.id ? undefined : phase.id)}
            >
              <b>{phase.title}</b>
              <span className="sr">{daysText(phase.from, phase.to, texts.day)}</span>
            </UnstyledButton>
            {phase.gate && <i className={s.gateMark} title={phase.gate.title} aria-hidden />}
          </li>
        ))}
      </ol>
      <div className={s.scale} aria-hidden>
        {daysNamed(last).map((day) => (
          <span key={day} style={{ left: `${((day - 0.5) / last) * 100}%` }}>
            {day}
          </span>
        ))}
      </div>
    </section>
  );
}

function Aside({ model }: { model: PlaybookModel }) {
  return (
    <div className={ui.stack}>
      <Card title={t.roles}>
        <Facts
          rows={model.roles.map((role) => [
            roleWords(role.role),
            <span key={role.role} className="num">
              {role.hours === null ? '–' : t.roleHours(decimal(role.hours), role.per)}
              {role.side === 'customer' && <small className={s.small}> {t.theirSide}</small>}
            </span>,
          ])}
        />
      </Card>
      {model.parameters.length > 0 && (
        <Card title={t.parameters} sub={t.parametersSub}>
          <Facts
            rows={model.parameters.map((one) => [
              one.title,
              one.options && one.options.length > 0
                ? one.options.join(', ')
                : one.default === undefined || one.default === null
                  ? texts.types[one.type]
                  : texts.defaults(texts.types[one.type] ?? one.type, one.default),
            ])}
          />
        </Card>
      )}
      {model.targets.length > 0 && (
        <Card title={t.targets}>
          <Facts
            rows={model.targets.map((target) => [
              texts.day.day(target.day),
              `${target.title}: ${target.goal}${target.unit ? ` ${target.unit}` : ''}`,
            ])}
          />
        </Card>
      )}
      {model.signOffs.length > 0 && (
        <Card title={t.signOffs}>
          <Facts
            rows={model.signOffs.map((one) => [
              one.title,
              one.by.map(roleWords).join(one.inOrder ? ' → ' : ', '),
            ])}
          />
        </Card>
      )}
    </div>
  );
}
