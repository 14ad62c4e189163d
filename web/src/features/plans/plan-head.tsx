import { Button, Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { dayNumber } from '@/lib/days';
import { decimal, longDay, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Figures } from '@/ui/facts';
import { Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import { useDesk } from './desk';
import s from './plans.module.css';
import { changePlan, planKey, progressQuery } from './plans-api';
import { Sparkline } from './sparkline';
import type { PlanState } from './types';
import type { LiveState } from './use-plan-live';
import { planTone, slipText } from './words';

const ProgressDialog = lazy(() => import('./progress-dialog'));
const t = texts.head;
const liveTones = { connecting: 'mute', live: 'ok', reconnecting: 'warn', off: 'mute' } as const;

/** Which plan it is, whether it will be on time, and how far it is. */
export function PlanHead({ state }: { state: LiveState }) {
  const { plan, customer, today } = useDesk();
  const [explained, setExplained] = useState(false);
  const { data: progress } = useQuery(progressQuery(customer, plan.id));
  const slip = plan.goLive.slipDays;
  const late = plan.items.filter((item) => item.late);
  const done = plan.items.filter((item) => item.state === 'done').length;
  return (
    <>
      <header className={s.head}>
        <div className={s.headText}>
          <h2 className={s.title}>{plan.title}</h2>
          <div className={s.meta}>
            <Pill tone={planTone(plan.state)} dot>
              {texts.planStates[plan.state]}
            </Pill>
            <Link
              to="/playbooks/$playbook"
              params={{ playbook: plan.playbook.id }}
              search={{}}
              className={s.link}
            >
              {t.playbook(plan.playbook.title, plan.playbook.version)}
            </Link>
            <span>{t.started(longDay(plan.start))}</span>
            <span role="status">
              <Pill tone={liveTones[state]} dot plain>
                {t.live[state]}
              </Pill>
            </span>
          </div>
        </div>
        <StateMenu />
      </header>
      <Figures
        items={[
          {
            label: t.goLive,
            value: plan.goLive.forecast ? weekdayDay(plan.goLive.forecast) : '–',
            note: (
              <span
                data-tone={slip === null || slip <= 0 ? 'ok' : plan.goLive.withinTolerance ? 'warn' : 'bad'}
                className={s.slip}
              >
                {slipText(slip)}
                {plan.goLive.baseline && slip !== 0 && `, ${t.planned(weekdayDay(plan.goLive.baseline))}`}
              </span>
            ),
          },
          {
            label: t.progress,
            value: (
              <UnstyledButton
                className={s.progress}
                aria-label={t.explainProgress(decimal(plan.progress.earned), decimal(plan.progress.planned))}
                onClick={() => setExplained(true)}
              >
                <span className={s.nowrap}>{decimal(Math.round(plan.progress.earned))} %</span>
                {progress && progress.curve.length > 1 && <Sparkline curve={progress.curve} today={today} />}
              </UnstyledButton>
            ),
            note: t.plannedShare(decimal(Math.round(plan.progress.planned))),
          },
          {
            label: t.lateItems,
            value: late.length,
            note: late.length === 0 ? t.noneLate : t.latest(late[0]?.title ?? ''),
          },
          {
            label: t.day,
            value: dayOf(plan.start, today),
            note: t.doneOf(done, plan.items.length),
          },
        ]}
      />
      {explained && (
        <Suspense>
          <ProgressDialog onClose={() => setExplained(false)} />
        </Suspense>
      )}
    </>
  );
}

function dayOf(start: string, today: string) {
  const at = dayNumber(today) - dayNumber(start) + 1;
  return at >= 1 ? t.dayNumber(at) : t.startsIn(1 - at);
}

function StateMenu() {
  const { plan, customer } = useDesk();
  const client = useQueryClient();
  const set = async (state: PlanState) => {
    try {
      const saved = await changePlan(customer, plan, { state });
      client.setQueryData([...planKey(plan.id), 'plan'], saved);
      await client.invalidateQueries({ queryKey: ['plans', 'of', customer] });
      await toast(t.stateSet(texts.planStates[state]), {
        undo: async () => {
          const back = await changePlan(customer, saved, { state: plan.state });
          client.setQueryData([...planKey(plan.id), 'plan'], back);
        },
      });
    } catch (error) {
      await client.invalidateQueries({ queryKey: planKey(plan.id) });
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
  };
  const others = (['active', 'paused', 'closed'] as const).filter((state) => state !== plan.state);
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" className="no-print" rightSection={<IconChevronDown size={14} />}>
          {t.setState}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((state) => (
          <Menu.Item key={state} onClick={() => void set(state)}>
            {t.toState[state]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
