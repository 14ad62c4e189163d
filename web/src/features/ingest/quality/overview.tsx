import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count } from '@/lib/format';
import { texts as t } from '@/texts/quality';
import { Card } from '@/ui/primitives';
import { ShareBar } from '@/ui/share-bar';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { figureText, shareText } from './figures';
import s from './quality.module.css';
import { type Figure, type Quality, seriesQuery } from './quality-api';
import { LatencyChart, VolumeChart } from './quality-charts';
import type { QualitySearch } from './quality-search';
import { ReconciliationTable } from './reconciliation';
import { stretches } from './series';

const first = [
  'handed_in',
  'failing_share',
  'completeness',
  'latency_p99',
  'refused',
  'repeated',
  'late',
  'event_rate',
];

interface Part {
  customer: string;
  zone: string | null;
  search: QualitySearch;
  onSearch: (change: Partial<QualitySearch>) => void;
}

export function Overview(props: Part & { quality: Quality }) {
  const { quality, search } = props;
  const { data: series } = useQuery(seriesQuery(props.customer, search));
  const [now] = useState(Date.now);
  const points = series ? stretches(series, now) : [];
  const open = (name: string) => props.onSearch({ open: name });
  const figure = (name: string) => quality.figures.find((one) => one.name === name);
  return (
    <div className={s.page}>
      <div className={s.figures}>
        {first.map((name) => (
          <Tile key={name} name={name} figure={figure(name)} onOpen={() => open(name)} />
        ))}
      </div>
      {quality.reconciliation && (
        <ReconciliationTable customer={props.customer} reconciliation={quality.reconciliation} link />
      )}
      <div className={s.charts}>
        {series && <VolumeChart {...props} points={points} step={series.stepSeconds} />}
        {series && <LatencyChart {...props} points={points} />}
      </div>
      <Types {...props} />
      <div className={s.pair}>
        <Refusals {...props} />
        <AllFigures figures={quality.figures} onOpen={open} />
      </div>
    </div>
  );
}

const alarming = 0.1;

function Tile({ name, figure, onOpen }: { name: string; figure?: Figure; onOpen: () => void }) {
  const label = t.figures[name] ?? name;
  const value = figureText(figure);
  const bad = name === 'failing_share' && Number(figure?.value ?? 0) > alarming;
  return (
    <UnstyledButton className={s.tile} aria-label={t.explain(label, value)} onClick={onOpen}>
      <span className={s.tileLabel}>{label}</span>
      <span className={s.tileValue} data-bad={bad || undefined}>
        {value}
      </span>
    </UnstyledButton>
  );
}

function Types({ customer, search, quality }: Part & { quality: Quality }) {
  if (quality.types.length === 0) return null;
  const { period, from, to, batch } = search;
  return (
    <Card title={t.types.title} pad={false}>
      <table className={`${table.table} ${table.stack} ${table.inCard}`}>
        <thead>
          <tr>
            <th scope="col">{t.types.columns.type}</th>
            <th scope="col" className={table.right}>
              {t.types.columns.events}
            </th>
            <th scope="col" className={table.right}>
              {t.types.columns.failing}
            </th>
            <th scope="col" className={table.right}>
              {t.types.columns.late}
            </th>
            <th scope="col">{t.types.columns.completeness}</th>
          </tr>
        </thead>
        <tbody>
          {quality.types.map((type) => (
            <tr key={type.eventType}>
              <td>
                <Link
                  to="/customers/$id/events"
                  params={{ id: customer }}
                  search={{ type: type.eventType, batch }}
                  className={table.rowLink}
                >
                  {type.eventType}
                </Link>
              </td>
              <td className={`num ${table.right}`}>{count(type.events)}</td>
              <td className={`num ${table.right} ${table.phoneHide}`}>
                {type.faulty === 0 ? (
                  <span className={table.muted}>0</span>
                ) : (
                  <Link
                    to="/customers/$id/quality"
                    params={{ id: customer }}
                    search={{ period, from, to, batch, view: 'faults', type: type.eventType }}
                    className={s.link}
                  >
                    {count(type.faulty)}
                  </Link>
                )}
              </td>
              <td className={`num ${table.right} ${table.phoneHide}`}>
                {type.late === 0 ? (
                  <span className={table.muted}>0</span>
                ) : (
                  <Link
                    to="/customers/$id/events"
                    params={{ id: customer }}
                    search={{ type: type.eventType, late: true, batch }}
                    className={s.link}
                  >
                    {count(type.late)}
                  </Link>
                )}
              </td>
              <td data-wide>
                {type.completeness === null ? (
                  '–'
                ) : (
                  <Link
                    to="/customers/$id/quality"
                    params={{ id: customer }}
                    search={{ period, from, to, batch, view: 'fields', type: type.eventType }}
                    aria-label={t.types.fieldsOf(type.eventType)}
                  >
                    <ShareBar share={Number(type.completeness)} text={shareText(type.completeness)} />
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Refusals({ customer, search, quality }: Part & { quality: Quality }) {
  const { period, from, to, batch } = search;
  return (
    <Card title={t.refusals.title} sub={t.refusals.sub} pad={false}>
      {quality.refusals.length === 0 ? (
        <p className={s.none}>{t.refusals.none}</p>
      ) : (
        <ul className={s.rows}>
          {quality.refusals.map((one) => (
            <li key={`${one.eventType}/${one.code}`}>
              <Link
                to="/customers/$id/quality"
                params={{ id: customer }}
                search={{ period, from, to, batch, view: 'faults', kind: 'refused', code: one.code }}
              >
                <span>
                  <span className={table.mono}>{one.code}</span>{' '}
                  <span className={table.muted}>{one.eventType || t.refusals.unknownType}</span>
                </span>
                <span className="num">{count(one.refused)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function AllFigures({ figures, onOpen }: { figures: Figure[]; onOpen: (name: string) => void }) {
  return (
    <Card title={t.more} pad={false}>
      <ul className={s.rows}>
        {figures.map((figure) => (
          <li key={figure.name}>
            <UnstyledButton onClick={() => onOpen(figure.name)}>
              <span>{t.figures[figure.name] ?? figure.name}</span>
              <span className={`num ${figure.value === null ? ui.hint : ''}`}>{figureText(figure)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}
