import { Button } from '@mantine/core';
import { IconChecks, IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { count } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/inbox';
import { Notice } from '@/ui/notice';
import { Empty, PageHead } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { inboxQuery, unreadQuery } from './api';
import { Messages } from './messages';
import s from './notify.module.css';
import { useInbox } from './use-inbox';

const route = getRouteApi('/inside/inbox');

export default function InboxPage() {
  const { unread: onlyUnread = false } = route.useSearch();
  const query = useInfiniteQuery(inboxQuery(onlyUnread));
  const { data: unread = 0 } = useQuery(unreadQuery);
  const { mark, markAll } = useInbox();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={`${ui.page} ${s.page}`}>
      <PageHead title={t.title} sub={t.sub} />
      <div className={ui.toolbar}>
        <nav className={ui.views} aria-label={t.views}>
          <Link to="/inbox" search={{}} className={ui.view} data-active={!onlyUnread}>
            {t.all}
          </Link>
          <Link to="/inbox" search={{ unread: true }} className={ui.view} data-active={onlyUnread}>
            {t.unread} <span>{count(unread)}</span>
          </Link>
        </nav>
        <div className={ui.spring}>
          <Button
            variant="default"
            leftSection={<IconChecks size={15} />}
            disabled={unread === 0}
            loading={markAll.isPending}
            onClick={() => markAll.mutate(items[0]?.id ?? null)}
          >
            {t.markAll}
          </Button>
        </div>
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isPending && <p className={s.waiting}>{common.loading}</p>}
      {query.isSuccess && items.length === 0 && (
        <Empty
          icon={<IconInbox size={24} stroke={1.6} />}
          title={onlyUnread ? t.emptyUnreadTitle : t.emptyTitle}
        >
          {onlyUnread ? t.emptyUnread : t.empty}
        </Empty>
      )}
      {items.length > 0 && <Messages items={items} onMark={mark} />}
      {query.hasNextPage && (
        <div className={table.foot}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common.more}
          </Button>
        </div>
      )}
    </div>
  );
}
