import { Link } from '@tanstack/react-router';
import type { Customer, IngestedEvent } from '@/api/types';
import { count, instant } from '@/lib/format';
import { texts } from '@/texts/ingest';
import { Code } from '@/ui/copy';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';

const t = texts.details;

/** One event, read from the list that is on the screen; its receipt is one step further. */
export function EventDetails(props: { event?: IngestedEvent; customer: Customer; onClose: () => void }) {
  const { event, customer } = props;
  return (
    <Dialog side open={event !== undefined} onClose={props.onClose} title={event?.type ?? ''}>
      {event && (
        <div className={ui.stack}>
          {event.late && <Notice tone="warn">{texts.lateHint}</Notice>}
          <Facts
            rows={[
              [
                texts.columns.event,
                <span key="id" className={table.mono}>
                  {event.eventId}
                </span>,
              ],
              [
                texts.columns.source,
                <span key="source" className={table.mono}>
                  {event.source}
                </span>,
              ],
              [texts.columns.subject, event.subject],
              [t.happened, event.time && instant(event.time, customer.timeZone, true)],
              [t.received, instant(event.receivedAt, customer.timeZone, true)],
              [t.index, count(event.index)],
            ]}
          />
          <div>
            <Link
              to="/customers/$id/receipts"
              params={{ id: customer.id }}
              search={{ event: event.eventId, source: event.source }}
              className={ui.buttonLink}
            >
              {t.openReceipt}
            </Link>
          </div>
          {event.data === null || event.data === undefined ? (
            <Notice tone="mute">{t.erased}</Notice>
          ) : (
            <Code value={JSON.stringify(event.data, null, 2)} what={t.payload} />
          )}
        </div>
      )}
    </Dialog>
  );
}
