import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { texts as common } from '@/texts/common';
import { texts as t } from '@/texts/inbox';
import { Notice } from '@/ui/notice';
import { Empty } from '@/ui/primitives';
import { inboxQuery } from './api';
import { Messages } from './messages';
import s from './notify.module.css';
import { useInbox } from './use-inbox';

const shown = 8;

/** The latest messages, under the bell. */
export default function Latest({ onLeave }: { onLeave: () => void }) {
  const query = useInfiniteQuery(inboxQuery(false));
  const { mark, markAll } = useInbox();
  const items = query.data?.pages[0]?.items.slice(0, shown) ?? [];
  const newest = items[0]?.id ?? null;
  return (
    <>
      <div className={s.panelHead}>
        <h2 className={s.panelTitle}>{t.title}</h2>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={!items.some((item) => item.readAt === null)}
          loading={markAll.isPending}
          onClick={() => markAll.mutate(newest)}
        >
          {t.markAll}
        </Button>
      </div>
      <div className={s.panelBody}>
        {query.error && <Notice tone="bad">{query.error.message}</Notice>}
        {query.isPending && <p className={s.waiting}>{common.loading}</p>}
        {query.isSuccess && items.length === 0 && (
          <Empty icon={<IconInbox size={22} stroke={1.6} />} title={t.emptyTitle}>
            {t.empty}
          </Empty>
        )}
        {items.length > 0 && <Messages items={items} onMark={mark} onLeave={onLeave} />}
      </div>
      <Link to="/inbox" search={{}} className={s.seeAll} onClick={onLeave}>
        {t.seeAll}
      </Link>
    </>
  );
}
