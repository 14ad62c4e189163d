import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ApiKey } from '@/api/types';
import { day, instant } from '@/lib/format';
import { texts as t } from '@/texts/keys';
import { Notice } from '@/ui/notice';
import { Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { keysQuery } from './keys-api';
import { NewKeyDialog } from './new-key-dialog';
import { RevokeKeyDialog } from './revoke-key-dialog';
import { RotateKeyDialog } from './rotate-key-dialog';

const route = getRouteApi('/inside/customers/$id/api-keys');

export default function ApiKeys() {
  const { id } = route.useParams();
  return <KeysOf customer={id} />;
}

/** The keys of a customer, or the operator's own when none is given. */
export function KeysOf({ customer: id }: { customer?: string }) {
  const { data, error } = useQuery(keysQuery(id));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const [rotating, setRotating] = useState<ApiKey>();
  const create = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  );
  return (
    <>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data?.items.length === 0 && (
        <Empty icon={<IconKey size={24} stroke={1.6} />} title={t.emptyTitle} actions={create}>
          {t.empty}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <>
          <div className={ui.toolbar}>
            <span className={ui.hint}>{t.sub}</span>
            <div className={ui.spring}>{create}</div>
          </div>
          <Rows keys={data.items} onRevoke={setRevoking} onRotate={setRotating} />
        </>
      )}
      <NewKeyDialog customer={id} open={creating} onClose={() => setCreating(false)} />
      <RotateKeyDialog customer={id} apiKey={rotating} onClose={() => setRotating(undefined)} />
      <RevokeKeyDialog customer={id} apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}

function Rows(props: { keys: ApiKey[]; onRevoke: (key: ApiKey) => void; onRotate: (key: ApiKey) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col">{t.columns.scopes}</th>
            <th scope="col">{t.columns.created}</th>
            <th scope="col" className={table.low}>
              {t.columns.used}
            </th>
            <th scope="col">
              <span className="sr">{t.revoke.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.keys.map((key) => {
            const state = key.status;
            return (
              <tr key={key.id}>
                <td data-wide>
                  <span className={table.rowLink}>{key.name ?? t.unnamed}</span>
                  <div className={table.mono} style={{ color: 'var(--text-3)' }}>
                    {key.id}
                  </div>
                </td>
                <td>
                  <Pill tone={state === 'active' ? 'ok' : 'mute'} dot plain ink>
                    {t.states[state]}
                  </Pill>
                </td>
                <td>{key.scopes.join(', ')}</td>
                <td className={table.nowrap}>
                  {day(key.createdAt)}
                  {key.previousUntil && (
                    <div className={table.muted}>{t.overlap(instant(key.previousUntil))}</div>
                  )}
                  {key.expiresAt && state !== 'revoked' && (
                    <div className={table.muted}>{t.expires(day(key.expiresAt))}</div>
                  )}
                </td>
                <td className={`${table.low} ${table.nowrap}`}>
                  {key.lastUsedAt ? instant(key.lastUsedAt) : t.never}
                </td>
                <td className={table.right} data-wide>
                  {state === 'active' && (
                    <div className={ui.rowActions}>
                      <Button variant="subtle" size="compact-xs" onClick={() => props.onRotate(key)}>
                        {t.rotate.action}
                      </Button>
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-xs"
                        onClick={() => props.onRevoke(key)}
                      >
                        {t.revoke.action}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
