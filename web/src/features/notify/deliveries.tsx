import { Button, TextInput } from '@mantine/core';
import { IconMail, IconRefresh, IconSearch, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { count, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/deliveries';
import { Notice } from '@/ui/notice';
import { Empty, PageHead, Pill, type Tone } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import {
  type Delivery,
  type DeliveryState,
  deliveriesQuery,
  mailQuery,
  sendAgain,
  sendAllAgain,
} from './api';
import { deliveryStates } from './inbox-search';
import s from './notify.module.css';
import { TestMailDialog } from './test-mail-dialog';

const route = getRouteApi('/inside/mail');
const tones: Record<DeliveryState, Tone> = { waiting: 'info', sent: 'ok', failed: 'bad' };

/** How mail fares, for those who look after it. */
export default function DeliveriesPage() {
  const { state, q } = route.useSearch();
  const navigate = useNavigate({ from: '/mail' });
  const mail = useQuery(mailQuery);
  const query = useInfiniteQuery(deliveriesQuery(state, q));
  const { one, all } = useSending();
  const [testing, setTesting] = useState(false);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const failed = mail.data?.failed ?? 0;
  const isFiltered = Boolean(state || q);
  return (
    <div className={ui.page}>
      <PageHead
        title={t.title}
        sub={mail.data?.isSetUp ? t.through(mail.data.server ?? '', mail.data.from ?? '') : t.sub}
        actions={
          <Button variant="default" leftSection={<IconSend size={15} />} onClick={() => setTesting(true)}>
            {t.test.action}
          </Button>
        }
      />
      {mail.data && !mail.data.isSetUp && <Notice tone="warn">{t.notSetUp}</Notice>}
      <div className={ui.toolbar}>
        <Views state={state} q={q} counts={mail.data} />
        <TextInput
          key={q ?? ''}
          size="xs"
          aria-label={t.find}
          placeholder={t.find}
          leftSection={<IconSearch size={14} />}
          defaultValue={q ?? ''}
          onBlur={(event) => find(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && find(event.currentTarget.value)}
        />
        {failed > 0 && (
          <div className={ui.spring}>
            <Button
              variant="default"
              leftSection={<IconRefresh size={15} />}
              loading={all.isPending}
              onClick={() => all.mutate()}
            >
              {t.sendAll(count(failed))}
            </Button>
          </div>
        )}
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isPending && <p className={s.waiting}>{common.loading}</p>}
      {query.isSuccess && items.length === 0 && (
        <Empty
          icon={<IconMail size={24} stroke={1.6} />}
          title={isFiltered ? t.emptyFilterTitle : t.emptyTitle}
        >
          {isFiltered ? t.emptyFilter : t.empty}
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <Rows items={items} onSend={(item) => one.mutate(item)} />
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
            {t.shown(count(items.length))}
          </div>
        </>
      )}
      <TestMailDialog open={testing} onClose={() => setTesting(false)} />
    </div>
  );

  function find(text: string) {
    void navigate({ search: (before) => ({ ...before, q: text.trim() || undefined }), replace: true });
  }
}

function useSending() {
  const client = useQueryClient();
  const settled = () => client.invalidateQueries({ queryKey: ['mail'] });
  const refused = (error: Error) => void toast(error.message, { bad: true });
  const one = useMutation({
    mutationFn: (item: Delivery) => sendAgain(item.id),
    onSuccess: () => void toast(t.sentAgain),
    onError: refused,
    onSettled: settled,
  });
  const all = useMutation({
    mutationFn: sendAllAgain,
    onSuccess: (done) => void toast(t.sentAllAgain(count(done.count))),
    onError: refused,
    onSettled: settled,
  });
  return { one, all };
}

function Views(props: { state?: DeliveryState; q?: string; counts?: Record<DeliveryState, number> }) {
  return (
    <nav className={ui.views} aria-label={t.views}>
      <Link to="/mail" search={{ q: props.q }} className={ui.view} data-active={!props.state}>
        {t.any}
      </Link>
      {deliveryStates.map((state) => (
        <Link
          key={state}
          to="/mail"
          search={{ q: props.q, state }}
          className={ui.view}
          data-active={props.state === state}
        >
          {t.states[state]} {props.counts && <span>{count(props.counts[state])}</span>}
        </Link>
      ))}
    </nav>
  );
}

function Rows(props: { items: Delivery[]; onSend: (item: Delivery) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.subject}</th>
            <th scope="col">{t.columns.to}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col">{t.columns.when}</th>
            <th scope="col">
              <span className="sr">{t.sendAgain}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => (
            <tr key={item.id}>
              <td data-wide>
                <strong className={table.rowLink}>{item.subject}</strong>
              </td>
              <td data-wide>
                {item.toName ?? item.to}
                {item.toName && <div className={table.muted}>{item.to}</div>}
              </td>
              <td data-wide>
                <State item={item} />
              </td>
              <td className={`${table.nowrap} num`}>{instant(item.changedAt)}</td>
              <td className={table.right}>
                {item.canSendAgain && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={t.sendAgainWhat(item.subject, item.to)}
                    onClick={() => props.onSend(item)}
                  >
                    {t.sendAgain}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ item }: { item: Delivery }) {
  return (
    <div className={s.state}>
      <Pill tone={tones[item.state]} dot plain ink>
        {t.states[item.state]}
      </Pill>
      {item.failure && item.state !== 'sent' && <span>{item.failure.detail}</span>}
      {item.failure?.reply && item.state !== 'sent' && (
        <span className={s.reply}>{t.said(item.failure.reply)}</span>
      )}
      {item.state === 'failed' && !item.canSendAgain && <span className={s.reply}>{t.wiped}</span>}
      {item.state === 'waiting' && item.attempts > 0 && item.nextAttemptAt && (
        <span className={s.reply}>{t.next(instant(item.nextAttemptAt))}</span>
      )}
    </div>
  );
}
