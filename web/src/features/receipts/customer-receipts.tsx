import { IconReceiptOff } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { ProblemError } from '@/api/http';
import { latestEventsQuery, receiptQuery } from '@/api/ledger';
import { instant } from '@/lib/format';
import { texts } from '@/texts/receipts';
import { Notice } from '@/ui/notice';
import { Empty } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { ReceiptFinder } from './receipt-finder';
import { ReceiptView } from './receipt-view';
import s from './receipts.module.css';

const route = getRouteApi('/inside/customers/$id/receipts');
const t = texts.find;

/** The receipts of a customer: a finder, or the receipt that the address names. */
export default function CustomerReceipts() {
  const { id } = route.useParams();
  const { event, source } = route.useSearch();
  return event ? (
    <OneReceipt key={`${event} ${source}`} customer={id} event={event} source={source} />
  ) : (
    <>
      <ReceiptFinder customer={id} />
      <Latest customer={id} />
    </>
  );
}

function OneReceipt({ customer, event, source }: { customer: string; event: string; source?: string }) {
  const { data: record } = useSuspenseQuery(customerQuery(customer));
  const { data: receipt, error } = useQuery(receiptQuery(customer, event, source));
  if (receipt)
    return <ReceiptView receipt={receipt} customer={customer} source={source} zone={record.timeZone} />;
  if (!(error instanceof ProblemError)) return <div aria-busy="true" style={{ minHeight: 320 }} />;
  if (error.status === 409) {
    return (
      <>
        <div style={{ marginTop: 18 }}>
          <Notice tone="warn">{t.ambiguous}</Notice>
        </div>
        <ReceiptFinder customer={customer} event={event} source={source} />
      </>
    );
  }
  return (
    <Empty
      icon={<IconReceiptOff size={24} stroke={1.6} />}
      title={error.status === 404 ? t.notFoundTitle : error.message}
      actions={
        <Link to="/customers/$id/receipts" params={{ id: customer }} search={{}} className={ui.buttonLink}>
          {t.another}
        </Link>
      }
    >
      {error.status === 404 && t.notFound(event)}
    </Empty>
  );
}

function Latest({ customer }: { customer: string }) {
  const { data: record } = useSuspenseQuery(customerQuery(customer));
  const { data } = useQuery(latestEventsQuery(customer));
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h2 className={s.heading}>{t.latest}</h2>
      <ul className={s.latest}>
        {data.items.map((event) => (
          <li key={event.index}>
            <Link
              to="/customers/$id/receipts"
              params={{ id: customer }}
              search={{ event: event.eventId, source: event.source }}
            >
              <span className={table.mono}>{event.eventId}</span>
              <span className={table.muted}>{event.type}</span>
              <span className={`${table.muted} num`}>
                {instant(event.time ?? event.receivedAt, record.timeZone)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
