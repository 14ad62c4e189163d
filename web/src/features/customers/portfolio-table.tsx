import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Customer } from '@/api/types';
import { count, day, daysUntil, fromNow, money } from '@/lib/format';
import { texts } from '@/texts/customers';
import { Face, Mark, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import s from './portfolio.module.css';
import type { Column, Sorting } from './portfolio-list';
import { stageText, stageTone, verticalText } from './words';

const t = texts.portfolio;
const columns: { id: Column; right?: boolean; low?: boolean }[] = [
  { id: 'customer' },
  { id: 'stage' },
  { id: 'owner' },
  { id: 'plan' },
  { id: 'acv', right: true },
  { id: 'renewal' },
  { id: 'events', right: true },
];

/** The columns that a reader may leave out. */
export const optional = ['stage', 'owner', 'plan', 'acv', 'renewal', 'events', 'tags'] as const;

interface Props {
  hidden: ReadonlySet<string>;
  dense?: boolean;
  rows: Customer[];
  now: number;
  sorting: Sorting;
  onSort: (column: Column) => void;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[], on: boolean) => void;
}

export function PortfolioTable(props: Props) {
  const { rows, selected } = props;
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={`${table.wrap} ${s.wide}`} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${s.table}`} data-dense={props.dense}>
        <thead>
          <tr>
            <th scope="col" className={s.pick}>
              <Checkbox
                size="xs"
                aria-label={t.selectAll}
                checked={all}
                indeterminate={!all && rows.some((row) => selected.has(row.id))}
                onChange={() =>
                  props.onSelect(
                    rows.map((row) => row.id),
                    !all,
                  )
                }
              />
            </th>
            {columns
              .filter((column) => !props.hidden.has(column.id))
              .map((column) => (
                <Heading key={column.id} column={column.id} right={column.right} {...props} />
              ))}
            {!props.hidden.has('tags') && (
              <th scope="col" className={table.low}>
                {t.columns.tags}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              customer={row}
              now={props.now}
              selected={selected.has(row.id)}
              onSelect={props.onSelect}
              hidden={props.hidden}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Heading({ column, right, sorting, onSort }: Props & { column: Column; right?: boolean }) {
  const active = sorting.column === column;
  const Arrow = sorting.down ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={right ? table.right : undefined}
      aria-sort={active ? (sorting.down ? 'descending' : 'ascending') : undefined}
    >
      <UnstyledButton className={table.sort} onClick={() => onSort(column)}>
        {t.columns[column]}
        {active && <Arrow size={12} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}

function Row(props: Pick<Props, 'onSelect' | 'hidden' | 'now'> & { customer: Customer; selected: boolean }) {
  const { customer, now, selected, onSelect } = props;
  const cells = cellsOf(customer, now).filter(([column]) => !props.hidden.has(column));
  return (
    <tr data-selected={selected} data-row={customer.id}>
      <td className={s.pick}>
        <span className={s.check}>
          <Checkbox
            size="xs"
            aria-label={t.select(customer.name)}
            checked={selected}
            onChange={() => onSelect([customer.id], !selected)}
          />
        </span>
      </td>
      <td>
        <div className={s.name}>
          <Mark name={customer.name} size={30} />
          <div className={s.two}>
            <Link to="/customers/$id" params={{ id: customer.id }} className={table.rowLink} data-open>
              {customer.name}
            </Link>
            <div className={table.muted}>
              {customer.industry ?? (customer.vertical ? verticalText(customer.vertical) : '')}
            </div>
          </div>
        </div>
      </td>
      {cells.map(([column, cell]) => (
        <Fragment key={column}>{cell}</Fragment>
      ))}
    </tr>
  );
}

/** The cells after the name, by their column. */
const cellsOf = (customer: Customer, now: number): [string, ReactNode][] => [
  ['stage', <td key="stage">{customer.stage && <Stage stage={customer.stage} />}</td>],
  ['owner', <td key="owner">{customer.owner ? <Owner name={customer.owner.name} /> : '–'}</td>],
  [
    'plan',
    <td key="plan" className={s.two}>
      {customer.plan ?? '–'}
      {customer.slaTier && <div className={table.muted}>{t.tier(customer.slaTier)}</div>}
    </td>,
  ],
  [
    'acv',
    <td key="acv" className={`${table.right} num`}>
      {customer.acv ? money(customer.acv) : '–'}
    </td>,
  ],
  [
    'renewal',
    <td key="renewal" className={s.two}>
      {customer.renewalDate ? (
        <>
          <span className="num">{day(customer.renewalDate)}</span>
          <div className={table.muted}>{fromNow(daysUntil(customer.renewalDate, now))}</div>
        </>
      ) : (
        '–'
      )}
    </td>,
  ],
  [
    'events',
    <td key="events" className={`${table.right} num`}>
      {customer.counts ? count(customer.counts.events) : '–'}
    </td>,
  ],
  [
    'tags',
    <td key="tags" className={table.low}>
      <span className={s.tags}>
        {customer.tags.map((tag) => (
          <Pill key={tag}>{tag}</Pill>
        ))}
      </span>
    </td>,
  ],
];

const Owner = ({ name }: { name: string }) => (
  <span className={s.owner}>
    <Face name={name} size={22} /> {name}
  </span>
);

export const Stage = ({ stage }: { stage: string }) => (
  <Pill tone={stageTone(stage)} dot plain ink>
    {stageText(stage)}
  </Pill>
);

/** The same list on a phone: one customer, one line to press. */
export function PortfolioCards({ rows }: { rows: Customer[] }) {
  return (
    <ul className={s.cards} aria-label={t.list}>
      {rows.map((customer) => (
        <li key={customer.id}>
          <Link to="/customers/$id" params={{ id: customer.id }} className={s.card}>
            <Mark name={customer.name} size={36} />
            <span className={s.cardText}>
              <span className={s.cardName}>{customer.name}</span>
              <span className={s.cardNote}>
                {customer.stage && (
                  <Pill tone={stageTone(customer.stage)} dot plain>
                    {stageText(customer.stage)}
                  </Pill>
                )}
                {customer.plan && <span>· {customer.plan}</span>}
              </span>
            </span>
            <span className={s.cardRight}>
              <span className="num">{customer.acv ? money(customer.acv) : ''}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
