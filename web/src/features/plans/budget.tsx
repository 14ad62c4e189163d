import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayMonth, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Figures } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import s from './budget.module.css';
import { useDesk } from './desk';
import { budgetQuery, timeEntriesQuery } from './plans-api';
import { isDay } from './plans-search';
import { TimeInput } from './time-input';
import type { PlanBudget, RoleBudget, SideBudget } from './types';
import { useLogTime } from './use-log-time';
import { roleWords } from './words';

const t = texts.budget;

/** Hours by role: what was planned, what was logged, and what it will come to. */
export default function Budget() {
  const { customer, plan } = useDesk();
  const { data, error } = useQuery(budgetQuery(customer, plan.id));
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return <div aria-busy="true" role="status" aria-label={texts.plan.loading} />;
  return (
    <>
      <Figures
        items={(['ours', 'customer'] as const).flatMap((side) => [
          {
            label: t.logged[side],
            value: texts.hours(data[side].loggedHours),
            note: hoursOf(data[side].budgetHours, t.of),
          },
          {
            label: t.forecast[side],
            value: texts.hours(data[side].forecastHours),
            note: <Over side={data[side]} />,
          },
        ])}
      />
      <div className={ui.columns}>
        <div className={ui.stack}>
          <Roles budget={data} />
          <Weeks budget={data} />
        </div>
        <div className={ui.stack}>
          <LogCard />
          <Entries />
        </div>
      </div>
    </>
  );
}

const hoursOf = (hours: number | null, say: (text: string) => string) =>
  hours === null ? t.noBudget : say(texts.hours(hours));

function Over({ side }: { side: SideBudget }) {
  const over = side.forecastHours - (side.budgetHours ?? 0);
  if (side.budgetHours === null) return t.noBudget;
  return over > 0 ? (
    <span className={s.over}>{t.over(texts.hours(over))}</span>
  ) : (
    t.within(texts.hours(-over))
  );
}

function Roles({ budget }: { budget: PlanBudget }) {
  const most = Math.max(
    1,
    ...budget.roles.flatMap((role) => [role.budgetHours ?? 0, role.forecastHours, role.loggedHours]),
  );
  return (
    <Card title={t.roles} sub={t.rolesSub} pad={false}>
      {budget.roles.length === 0 ? (
        <p className={s.quiet}>{t.noRoles}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section className={`${table.inCard} ${s.scroll}`} aria-label={t.roles} tabIndex={0}>
          <table className={`${table.table} ${table.stack}`}>
            <thead>
              <tr>
                <th scope="col">{t.columns.role}</th>
                <th scope="col">
                  <span className="sr">{t.columns.bar}</span>
                </th>
                <th scope="col" className={table.right}>
                  {t.columns.logged}
                </th>
                <th scope="col" className={table.right}>
                  {t.columns.forecast}
                </th>
                <th scope="col" className={table.right}>
                  {t.columns.budget}
                </th>
              </tr>
            </thead>
            <tbody>
              {budget.roles.map((role) => (
                <tr key={`${role.side} ${role.role}`}>
                  <td>
                    {role.role ? roleWords(role.role) : t.noRole}
                    {role.side === 'customer' && <div className={table.muted}>{t.theirs}</div>}
                  </td>
                  <td data-wide>
                    <Bar role={role} most={most} />
                  </td>
                  <td className={`num ${table.right}`} data-label={t.columns.logged}>
                    {texts.hours(role.loggedHours)}
                  </td>
                  <td className={`num ${table.right}`} data-label={t.columns.forecast}>
                    {texts.hours(role.forecastHours)}
                  </td>
                  <td className={`num ${table.right}`} data-label={t.columns.budget}>
                    {role.budgetHours === null ? '–' : texts.hours(role.budgetHours)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}

/** Logged, then what is still to come, against a mark where the budget ends. The figures stand beside it in words. */
function Bar({ role, most }: { role: RoleBudget; most: number }) {
  const share = (hours: number) => `${(Math.min(hours, most) / most) * 100}%`;
  return (
    <span
      className={s.bar}
      aria-hidden
      data-over={role.budgetHours !== null && role.forecastHours > role.budgetHours}
    >
      <i className={s.forecast} style={{ width: share(role.forecastHours) }} />
      <i className={s.logged} style={{ width: share(role.loggedHours) }} />
      {role.budgetHours !== null && <i className={s.mark} style={{ left: share(role.budgetHours) }} />}
    </span>
  );
}

function Weeks({ budget }: { budget: PlanBudget }) {
  if (budget.weeks.length === 0) return null;
  const most = Math.max(1, ...budget.weeks.map((week) => week.hours));
  return (
    <Card title={t.weeks}>
      <ol className={s.weeks}>
        {budget.weeks.map((week) => (
          <li key={week.from}>
            <span className="num">{t.week(dayMonth(week.from))}</span>
            <span className={s.track} aria-hidden>
              <i style={{ width: `${(week.hours / most) * 100}%` }} />
            </span>
            <span className="num">{texts.hours(week.hours)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Time that was spent, on any item and any day. */
function LogCard() {
  const { customer, plan, today } = useDesk();
  const open = plan.items.filter((item) => item.state !== 'cancelled' && item.kind !== 'milestone');
  const first = open.find((item) => item.state === 'in-progress') ?? open[0];
  const [chosen, setChosen] = useState(first?.id ?? '');
  const [date, setDate] = useState(today);
  const { log } = useLogTime(customer, plan.id);
  const item = open.find((one) => one.id === chosen);
  return (
    <Card title={t.logTitle}>
      <div className={ui.form}>
        <NativeSelect
          size="xs"
          label={t.item}
          value={chosen}
          data={open.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={t.date}
          max={today}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <TimeInput
          what={item?.title ?? ''}
          onLog={async (hours) => (item && isDay(date) ? log(item, hours, date) : false)}
        />
      </div>
    </Card>
  );
}

function Entries() {
  const { customer, plan, open } = useDesk();
  const { data = [] } = useQuery(timeEntriesQuery(customer, plan.id));
  const { remove } = useLogTime(customer, plan.id);
  const titles = new Map(plan.items.map((item) => [item.id, item.title]));
  return (
    <Card title={t.entries} right={<Pill>{data.length}</Pill>} pad={false}>
      {data.length === 0 ? (
        <p className={s.quiet}>{t.noEntries}</p>
      ) : (
        <ul className={s.entries}>
          {data.map((entry) => (
            <li key={entry.id}>
              <b className="num">{texts.hours(entry.hours)}</b>
              <span className={s.entryText}>
                <button type="button" className={s.entryItem} onClick={() => open(entry.item)}>
                  {titles.get(entry.item) ?? entry.item}
                </button>
                <small>
                  {[weekdayDay(entry.date), entry.by?.name, entry.note].filter(Boolean).join(' · ')}
                </small>
              </span>
              <ActionIcon
                size="sm"
                aria-label={texts.time.remove(texts.hours(entry.hours), weekdayDay(entry.date))}
                onClick={() => void remove(entry.id)}
              >
                <IconTrash size={14} stroke={1.7} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
