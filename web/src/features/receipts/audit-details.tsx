import { Link } from '@tanstack/react-router';
import type { AuditEntry } from '@/api/types';
import { changesBetween, valueText } from '@/lib/changes';
import { count, instant, words } from '@/lib/format';
import { texts as t } from '@/texts/audit';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import s from './audit.module.css';
import { partyKind } from './audit-words';

/** One entry in full: who, when, and each member before and after. */
export function AuditDetails(props: {
  entry?: AuditEntry;
  customer?: string;
  zone?: string | null;
  onClose: () => void;
}) {
  const { entry, customer } = props;
  const changes = entry ? changesBetween(entry.before, entry.after) : [];
  const mono = (text: string | null | undefined) => text && <span className={table.mono}>{text}</span>;
  return (
    <Dialog side open={entry !== undefined} onClose={props.onClose} title={entry ? words(entry.action) : ''}>
      {entry && (
        <div className={ui.stack}>
          <Facts
            rows={[
              [t.columns.at, instant(entry.at, props.zone, true)],
              [t.columns.actor, entry.actor.name ?? partyKind(entry.actor.kind)],
              [t.id, mono(entry.actor.id)],
              [t.columns.subject, entry.subject?.name ?? mono(entry.subject?.id)],
              [t.index, count(entry.index)],
            ]}
          />
          {customer && (
            <div>
              <Link
                to="/customers/$id/receipts"
                params={{ id: customer }}
                search={{ event: entry.eventId, source: entry.source }}
                className={ui.buttonLink}
              >
                {t.openReceipt}
              </Link>
            </div>
          )}
          {changes.length > 0 && (
            <table className={s.changes}>
              <thead>
                <tr>
                  <th scope="col">{t.member}</th>
                  <th scope="col">{t.before}</th>
                  <th scope="col">{t.after}</th>
                </tr>
              </thead>
              <tbody>
                {changes.map((change) => (
                  <tr key={change.member}>
                    <th scope="row">{change.member}</th>
                    <td>{valueText(change.before)}</td>
                    <td>{valueText(change.after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </Dialog>
  );
}
