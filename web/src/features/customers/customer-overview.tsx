import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { customerQuery } from '@/api/customers';
import { checkpointQuery, latestEventsQuery } from '@/api/ledger';
import type { Customer } from '@/api/types';
import { count, day, daysUntil, fromNow, instant, money, shortCount } from '@/lib/format';
import { parseCheckpoint, rootText } from '@/lib/proof/note';
import { texts } from '@/texts/customers';
import { Code, CopyButton } from '@/ui/copy';
import { Facts, Figures } from '@/ui/facts';
import { Card } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import s from './customer.module.css';
import { contractFields, EditFacts, profileFields } from './edit-facts';
import { stageText } from './words';

const route = getRouteApi('/inside/customers/$id');
const t = texts.customer;

export default function CustomerOverview() {
  const { id } = route.useParams();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const [now] = useState(Date.now);
  const renewal = customer.renewalDate;
  const events = useQuery(latestEventsQuery(id));
  const latest = events.data?.items[0];
  return (
    <>
      <Figures
        items={[
          {
            label: t.figures.stage,
            value: customer.stage ? stageText(customer.stage) : '–',
            note: customer.plan,
          },
          {
            label: t.figures.value,
            value: customer.acv ? money(customer.acv, true) : '–',
            note: customer.acv
              ? customer.slaTier && texts.portfolio.tier(customer.slaTier)
              : t.figures.noValue,
          },
          {
            label: t.figures.renewal,
            value: renewal ? day(renewal) : '–',
            note: renewal ? fromNow(daysUntil(renewal, now)) : undefined,
          },
          {
            label: t.figures.events,
            value: customer.counts ? shortCount(customer.counts.events) : '–',
            note: latest
              ? t.figures.latest(instant(latest.receivedAt, customer.timeZone))
              : t.figures.noEvents,
          },
        ]}
      />
      <div className={ui.columns}>
        <div className={ui.stack}>
          {events.data?.items.length === 0 ? <FirstEvent id={id} /> : <LatestEvents customer={customer} />}
          <Log id={id} />
        </div>
        <div className={ui.stack}>
          <Card title={t.contract}>
            <EditFacts customer={customer} fields={contractFields} />
          </Card>
          <Card title={t.profile}>
            <EditFacts customer={customer} fields={profileFields} />
            <div className={s.id}>
              <Id id={customer.id} />
            </div>
          </Card>
        </div>
      </div>
    </>
  );
}

const Id = ({ id }: { id: string }) => (
  <>
    <span className={table.mono}>{id}</span> <CopyButton value={id} what={t.id} />
  </>
);

function LatestEvents({ customer }: { customer: Customer }) {
  const { data } = useQuery(latestEventsQuery(customer.id));
  return (
    <Card
      title={t.recent}
      pad={false}
      right={
        <Link to="/customers/$id/events" params={{ id: customer.id }} search={{}} className={s.cardLink}>
          {t.allEvents}
        </Link>
      }
    >
      <ul className={s.events}>
        {data?.items.map((event) => (
          <li key={event.index}>
            <Link
              to="/customers/$id/receipts"
              params={{ id: customer.id }}
              search={{ event: event.eventId, source: event.source }}
              className={s.event}
            >
              <span>{event.type}</span>
              <span className={`${table.muted} num`}>
                {instant(event.time ?? event.receivedAt, customer.timeZone)}
              </span>
              <span className={s.eventNote}>
                {event.eventId}
                {event.subject && ` · ${event.subject}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FirstEvent({ id }: { id: string }) {
  const command = [
    `curl ${location.origin}/v1/events \\`,
    '  -H "Authorization: Bearer $KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"event_id": "hello-1", "timestamp": "${new Date().toISOString()}", "transaction_type": "hello", "data": {"greeting": "hello"}}'`,
  ].join('\n');
  return (
    <Card title={t.firstTitle} pad={false}>
      <div className={s.steps}>
        <p>{t.first}</p>
        <div>
          <Link to="/customers/$id/api-keys" params={{ id }} className={ui.buttonLink}>
            {t.createKey}
          </Link>
        </div>
        <Code value={command} what={t.command} />
      </div>
    </Card>
  );
}

/** The state of the customer's log as its last published checkpoint says. */
function Log({ id }: { id: string }) {
  const { data } = useQuery(checkpointQuery(id));
  const checkpoint = data ? parseCheckpoint(data) : null;
  const log = `/v1/customers/${id}/log`;
  return (
    <Card title={t.log} sub={t.logText}>
      {checkpoint ? (
        <Facts
          rows={[
            [t.entries, count(checkpoint.size)],
            [
              t.root,
              <span key="root" className={table.mono}>
                {rootText(checkpoint)}
              </span>,
            ],
            [
              t.origin,
              <span key="origin" className={table.mono}>
                {checkpoint.origin}
              </span>,
            ],
            [
              '',
              <span key="files" style={{ display: 'flex', gap: 14 }}>
                <a href={`${log}/checkpoint`} className={s.cardLink}>
                  {t.checkpoint}
                </a>
                <a href={`${log}/vkey`} className={s.cardLink}>
                  {t.verifierKey}
                </a>
              </span>,
            ],
          ]}
        />
      ) : (
        <span className={table.muted}>{t.noCheckpoint}</span>
      )}
    </Card>
  );
}
