import { Button, NativeSelect, UnstyledButton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/quality';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { FilterChip } from '@/ui/filter-chip';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import s from './quality.module.css';
import { faultsQuery, type QualityFault } from './quality-api';
import { faultKindOf, faultKinds, type QualitySearch } from './quality-search';

const t = texts.faults;

/** The single faults behind the counts; each leads to its event, or says in which line or row it stood. */
export function Faults(props: {
  customer: string;
  zone: string | null;
  search: QualitySearch;
  types: string[];
  onSearch: (change: Partial<QualitySearch>) => void;
}) {
  const { search, onSearch } = props;
  const query = useInfiniteQuery(faultsQuery(props.customer, search));
  const faults = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={s.filters}>
        <NativeSelect
          size="xs"
          aria-label={t.kind}
          value={search.kind ?? ''}
          onChange={(event) => onSearch({ kind: faultKindOf(event.currentTarget.value), code: undefined })}
          data={[
            { value: '', label: t.anyKind },
            ...faultKinds.map((kind) => ({ value: kind, label: t.kinds[kind] })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={texts.fields.filter}
          value={search.type ?? ''}
          onChange={(event) => onSearch({ type: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: texts.fields.anyType },
            ...[...new Set([...props.types, ...(search.type ? [search.type] : [])])],
          ]}
        />
        {search.code && <FilterChip onRemove={() => onSearch({ code: undefined })}>{search.code}</FilterChip>}
        <span className={s.hint}>{t.kept}</span>
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && faults.length === 0 && (
        <Empty icon={<IconCircleCheck size={24} stroke={1.6} />} title={t.noneTitle}>
          {t.none}
        </Empty>
      )}
      {faults.length > 0 && (
        <>
          <Rows faults={faults} zone={props.zone} onOpen={(open) => onSearch({ open })} />
          <div className={table.foot} aria-live="polite">
            {query.hasNextPage && (
              <Button
                variant="default"
                loading={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {common.more}
              </Button>
            )}
            {t.shown(count(faults.length))}
          </div>
        </>
      )}
      <FaultDetails
        customer={props.customer}
        zone={props.zone}
        fault={faults.find((fault) => fault.id === search.open)}
        onClose={() => onSearch({ open: undefined })}
      />
    </>
  );
}

const toneOf = (kind: QualityFault['kind']) => (kind === 'refused' ? 'bad' : 'warn');

function Rows(props: { faults: QualityFault[]; zone: string | null; onOpen: (id: string) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.title} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.fault}</th>
            <th scope="col">{t.columns.where}</th>
            <th scope="col">{t.columns.event}</th>
            <th scope="col">{t.columns.at}</th>
          </tr>
        </thead>
        <tbody>
          {props.faults.map((fault) => (
            <tr key={fault.id}>
              <td data-wide>
                <UnstyledButton className={table.rowLink} onClick={() => props.onOpen(fault.id)}>
                  {fault.code}
                </UnstyledButton>{' '}
                <Pill tone={toneOf(fault.kind)} plain>
                  {t.kinds[fault.kind]}
                </Pill>
                <div className={s.detail}>{fault.detail}</div>
              </td>
              <td>
                <span className={table.mono}>{fault.pointer || '–'}</span>
                {fault.place && <div className={table.muted}>{fault.place}</div>}
              </td>
              <td className={table.phoneHide}>
                {fault.eventType || texts.refusals.unknownType}
                <div className={table.mono}>{fault.eventId}</div>
              </td>
              <td className={`${table.nowrap} num`}>{instant(fault.foundAt, props.zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FaultDetails(props: {
  customer: string;
  zone: string | null;
  fault?: QualityFault;
  onClose: () => void;
}) {
  const { fault, customer } = props;
  return (
    <Dialog side open={fault !== undefined} onClose={props.onClose} title={fault?.code ?? ''}>
      {fault && (
        <div className={ui.stack}>
          <Notice tone={toneOf(fault.kind)}>{fault.detail}</Notice>
          <Facts
            rows={[
              [t.kind, t.kinds[fault.kind]],
              [t.detail.type, fault.eventType || texts.refusals.unknownType],
              [
                t.detail.pointer,
                fault.pointer && (
                  <span key="pointer" className={table.mono}>
                    {fault.pointer}
                  </span>
                ),
              ],
              [t.detail.place, fault.place],
              [
                t.detail.event,
                fault.eventId && (
                  <span key="event" className={table.mono}>
                    {fault.eventId}
                  </span>
                ),
              ],
              [t.detail.found, instant(fault.foundAt, props.zone, true)],
            ]}
          />
          {fault.index !== null && fault.eventId && fault.source ? (
            <div className={s.actions}>
              <Link
                to="/customers/$id/events"
                params={{ id: customer }}
                search={{ type: fault.eventType, open: fault.index }}
                className={ui.buttonLink}
              >
                {t.openEvent}
              </Link>
              <Link
                to="/customers/$id/receipts"
                params={{ id: customer }}
                search={{ event: fault.eventId, source: fault.source }}
                className={ui.buttonLink}
              >
                {t.openReceipt}
              </Link>
            </div>
          ) : (
            <p className={ui.hint}>{t.refusedNote}</p>
          )}
        </div>
      )}
    </Dialog>
  );
}
