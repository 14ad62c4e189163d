import { IconCalendarStats, IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { decimal, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Empty, Pill } from '@/ui/primitives';
import { ShareBar } from '@/ui/share-bar';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import s from './plans.module.css';
import { plansQuery } from './plans-api';
import type { PlanSummary } from './types';
import { planTone, slipText } from './words';

const route = getRouteApi('/inside/customers/$id/plans');
const t = texts.plans;

/** The plans of a customer. */
export default function Plans() {
  const { id } = route.useParams();
  const { data: plans } = useSuspenseQuery(plansQuery(id));
  const start = (
    <Link
      to="/customers/$id/plans/new"
      params={{ id }}
      search={{}}
      className={`${ui.buttonLink} ${s.primary}`}
    >
      <IconPlus size={15} aria-hidden />
      {t.start}
    </Link>
  );
  if (plans.length === 0)
    return (
      <Empty icon={<IconCalendarStats size={24} stroke={1.6} />} title={t.noneTitle} actions={start}>
        {t.none}
      </Empty>
    );
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        <span className={ui.hint}>{t.sub(plans.length)}</span>
        <div className={ui.spring}>{start}</div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={table.wrap} aria-label={t.label} tabIndex={0}>
        <table className={`${table.table} ${table.stack}`}>
          <thead>
            <tr>
              {(['plan', 'state', 'goLive', 'progress', 'late'] as const).map((column) => (
                <th key={column} scope="col">
                  {t.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plans.map((plan) => (
              <Row key={plan.id} customer={id} plan={plan} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Row({ customer, plan }: { customer: string; plan: PlanSummary }) {
  const { forecast, slipDays } = plan.goLive;
  return (
    <tr>
      <td>
        <Link
          to="/customers/$id/plans/$plan"
          params={{ id: customer, plan: plan.id }}
          search={{}}
          className={table.rowLink}
        >
          {plan.title}
        </Link>
        <div className={table.muted}>{t.from(weekdayDay(plan.start))}</div>
      </td>
      <td>
        <Pill tone={planTone(plan.state)} dot plain ink>
          {texts.planStates[plan.state]}
        </Pill>
      </td>
      <td data-label={t.columns.goLive}>
        <span className="num">{forecast ? weekdayDay(forecast) : '–'}</span>
        <div className={table.muted}>{slipText(slipDays)}</div>
      </td>
      <td data-wide>
        <ShareBar
          share={plan.progress.earned / 100}
          text={t.earned(
            decimal(Math.round(plan.progress.earned)),
            decimal(Math.round(plan.progress.planned)),
          )}
          tone={plan.progress.earned < plan.progress.planned - 5 ? 'warn' : 'ok'}
        />
      </td>
      <td className="num" data-label={t.columns.late}>
        {plan.late}
      </td>
    </tr>
  );
}
