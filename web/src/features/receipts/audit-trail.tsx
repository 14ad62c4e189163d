import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { customersQuery } from '@/api/customers';
import type { AuditEntry } from '@/api/types';
import { changesBetween } from '@/lib/changes';
import { csv, download } from '@/lib/csv';
import { count, instant, words } from '@/lib/format';
import { texts as t } from '@/texts/audit';
import { texts as common } from '@/texts/common';
import { Notice } from '@/ui/notice';
import { Empty, PageHead } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { allEntries, auditQuery, exportLimit } from './audit-api';
import { AuditDetails } from './audit-details';
import { type AuditSearch, auditKinds, kindOf } from './audit-search';
import { partyKind } from './audit-words';

const route = getRouteApi('/inside/audit-trail');
const shownOfId = 6;

/** The trail of one customer or, when none is chosen, of the installation itself. */
export default function AuditTrailPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/audit-trail' });
  const customers = useQuery(customersQuery());
  const set = (change: Partial<AuditSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <div className={ui.page}>
      <PageHead title={t.title} sub={t.sub} />
      <AuditTrail search={search} onSearch={set}>
        <NativeSelect
          size="xs"
          aria-label={t.customer}
          value={search.customer ?? ''}
          onChange={(event) => set({ customer: event.currentTarget.value || undefined, open: undefined })}
          data={[
            { value: '', label: t.installation },
            ...(customers.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      </AuditTrail>
    </div>
  );
}

export function AuditTrail(props: {
  search: AuditSearch;
  zone?: string | null;
  onSearch: (change: Partial<AuditSearch>) => void;
  children?: React.ReactNode;
}) {
  const { search, zone, onSearch } = props;
  const query = useInfiniteQuery(auditQuery(search));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        {props.children}
        <NativeSelect
          size="xs"
          aria-label={t.kind}
          value={search.kind ?? ''}
          onChange={(event) => onSearch({ kind: kindOf(event.currentTarget.value), open: undefined })}
          data={[
            { value: '', label: t.anyKind },
            ...auditKinds.map((value) => ({ value, label: t.entryKinds[value] })),
          ]}
        />
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            size="xs"
            type="date"
            aria-label={t[name]}
            leftSection={<span className={ui.inInput}>{t[name]}</span>}
            leftSectionWidth={name === 'from' ? 44 : 30}
            value={search[name] ?? ''}
            onChange={(event) =>
              onSearch({ [name]: event.currentTarget.value || undefined, open: undefined })
            }
          />
        ))}
        <div className={ui.spring}>
          <ExportButton search={search} disabled={entries.length === 0} />
        </div>
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && entries.length === 0 ? (
        <Empty icon={<IconHistory size={24} stroke={1.6} />} title={t.emptyTitle}>
          {t.empty}
        </Empty>
      ) : (
        <>
          <Rows entries={entries} zone={zone} onOpen={(index) => onSearch({ open: index })} />
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
            {entries.length > 0 && t.shown(count(entries.length))}
          </div>
        </>
      )}
      <AuditDetails
        entry={entries.find((entry) => entry.index === search.open)}
        customer={search.customer}
        zone={zone}
        onClose={() => onSearch({ open: undefined })}
      />
    </>
  );
}

function Rows(props: { entries: AuditEntry[]; zone?: string | null; onOpen: (index: number) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.action}</th>
            <th scope="col">{t.columns.at}</th>
            <th scope="col">{t.columns.actor}</th>
            <th scope="col">{t.columns.subject}</th>
            <th scope="col" className={table.low}>
              {t.columns.change}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.entries.map((entry) => (
            <tr key={entry.index}>
              <td>
                <UnstyledButton className={table.rowLink} onClick={() => props.onOpen(entry.index)}>
                  {words(entry.action)}
                </UnstyledButton>
              </td>
              <td className={`${table.nowrap} num`}>{instant(entry.at, props.zone)}</td>
              <td>
                {entry.actor.name ?? partyKind(entry.actor.kind)}{' '}
                {!entry.actor.name && entry.actor.id && (
                  <span className={table.muted}>…{entry.actor.id.slice(-shownOfId)}</span>
                )}
              </td>
              <td className={entry.subject?.name ? undefined : table.mono}>
                {entry.subject?.name ?? entry.subject?.id ?? '–'}
              </td>
              <td className={`${table.low} ${table.muted}`}>
                <Change entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The members that changed by name while they are few, else how many. */
function Change({ entry }: { entry: AuditEntry }) {
  if (entry.kind !== 'record') return t.single[entry.kind];
  if (entry.before === null || entry.before === undefined) return t.created;
  const changed = changesBetween(entry.before, entry.after);
  const few = 3;
  return changed.length <= few
    ? changed.map((change) => words(change.member)).join(', ')
    : t.changes(changed.length);
}

function ExportButton({ search, disabled }: { search: AuditSearch; disabled: boolean }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const { entries, complete } = await allEntries(search);
      const head = [
        'index',
        'at',
        'kind',
        'actorKind',
        'actorId',
        'actorName',
        'action',
        'subjectKind',
        'subjectId',
        'before',
        'after',
      ];
      const rows = entries.map((entry) => [
        entry.index,
        entry.at,
        entry.kind,
        entry.actor.kind,
        entry.actor.id,
        entry.actor.name,
        entry.action,
        entry.subject?.kind,
        entry.subject?.id,
        entry.before === null ? null : JSON.stringify(entry.before),
        entry.after === null ? null : JSON.stringify(entry.after),
      ]);
      download('audit-trail.csv', 'text/csv;charset=utf-8', csv([head, ...rows]));
      await toast(complete ? t.exporting(count(entries.length)) : t.exportCut(count(exportLimit)));
    } catch (error) {
      await toast(error instanceof Error ? error.message : String(error), { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} />}
      disabled={disabled}
      loading={busy}
      onClick={run}
    >
      {t.export}
    </Button>
  );
}
