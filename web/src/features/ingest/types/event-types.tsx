import { Button, UnstyledButton } from '@mantine/core';
import { IconPlus, IconSchema } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { count, instant } from '@/lib/format';
import { texts as t } from '@/texts/event-types';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { qualityQuery } from '../quality/quality-api';
import { QualityViews } from '../quality/quality-views';
import { EventTypeDialog } from './event-type-dialog';
import { type EventType, eventTypesQuery } from './types-api';

const route = getRouteApi('/inside/customers/$id/event-types');

export default function EventTypes() {
  const { id } = route.useParams();
  const { open } = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/event-types' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const said = useQuery(eventTypesQuery(id));
  const seen = useQuery(qualityQuery(id, { period: 'all' }));
  const events = new Map(seen.data?.types.map((type) => [type.eventType, type.events]));
  const rules = new Map(said.data?.items.map((type) => [type.type, type]));
  const names = [...new Set([...rules.keys(), ...events.keys()])].sort();
  const show = (type: string | undefined) => navigate({ search: { open: type } });
  const add = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => show('')}>
      {t.add}
    </Button>
  );
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        <QualityViews customer={id} search={{}} active="types" />
        <div className={ui.spring}>{add}</div>
      </div>
      {said.error && <Notice tone="bad">{said.error.message}</Notice>}
      {said.isSuccess && seen.isSuccess && names.length === 0 && (
        <Empty icon={<IconSchema size={24} stroke={1.6} />} title={t.noneTitle} actions={add}>
          {t.noneText}
        </Empty>
      )}
      {names.length > 0 && (
        <>
          <p className={ui.formText}>{t.sub}</p>
          <Rows names={names} rules={rules} events={events} zone={customer.timeZone} onOpen={show} />
        </>
      )}
      {said.isSuccess && open !== undefined && (
        <EventTypeDialog
          key={`${open}/${rules.get(open)?.version ?? 0}`}
          customer={id}
          type={open}
          rule={rules.get(open)}
          onClose={() => show(undefined)}
        />
      )}
    </>
  );
}

function Rows(props: {
  names: string[];
  rules: Map<string, EventType>;
  events: Map<string, number>;
  zone: string | null;
  onOpen: (type: string) => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.type}</th>
            <th scope="col" className={table.right}>
              {t.columns.events}
            </th>
            <th scope="col">{t.columns.schema}</th>
            <th scope="col">{t.columns.violation}</th>
            <th scope="col" className={table.low}>
              {t.columns.changed}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.names.map((name) => {
            const rule = props.rules.get(name);
            const checked = rule?.schema !== null && rule?.schema !== undefined;
            return (
              <tr key={name}>
                <td>
                  <UnstyledButton className={table.rowLink} onClick={() => props.onOpen(name)}>
                    {name}
                  </UnstyledButton>
                </td>
                <td className={`num ${table.right}`}>{count(props.events.get(name) ?? 0)}</td>
                <td>
                  {checked ? (
                    <Pill tone="ok" dot plain ink>
                      {t.has}
                    </Pill>
                  ) : (
                    <span className={table.muted}>{t.none}</span>
                  )}
                </td>
                <td className={checked ? undefined : table.phoneHide}>
                  {rule && checked ? t.violations[rule.onViolation] : '–'}
                </td>
                <td className={`${table.low} ${table.muted} num`}>
                  {rule ? `${instant(rule.changedAt, props.zone)} · ${t.versions(rule.version)}` : '–'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
