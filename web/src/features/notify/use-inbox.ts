import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Page } from '@/api/types';
import { texts as t } from '@/texts/inbox';
import { toast } from '@/ui/toast';
import { type InboxItem, readAll, setRead, unreadQuery } from './api';
import { refresh } from './live';

/** Marks messages as read or unread: at once on the screen, and back when the server refuses. */
export function useInbox() {
  const client = useQueryClient();
  const show = (id: string, isRead: boolean) => {
    let changed = 0;
    client.setQueriesData<InfiniteData<Page<InboxItem>>>({ queryKey: ['inbox', 'list'] }, (data) => ({
      pages: (data?.pages ?? []).map((page) => ({
        ...page,
        items: page.items.map((item) => {
          if (item.id !== id || (item.readAt !== null) === isRead) return item;
          changed = 1;
          return { ...item, readAt: isRead ? new Date().toISOString() : null };
        }),
      })),
      pageParams: data?.pageParams ?? [],
    }));
    client.setQueryData(unreadQuery.queryKey, (n = 0) => Math.max(0, isRead ? n - changed : n + changed));
  };
  const failed = (error: Error) => {
    void toast(error.message, { bad: true });
    void refresh(client);
  };
  const mark = useMutation({
    mutationFn: ({ id, isRead }: { id: string; isRead: boolean }) => setRead(id, isRead),
    onMutate: ({ id, isRead }) => show(id, isRead),
    onError: failed,
  });
  const all = useMutation({
    mutationFn: (upTo: string | null) => readAll(upTo),
    onSuccess: () => {
      void refresh(client);
      void toast(t.markedAll);
    },
    onError: failed,
  });
  return { mark: (id: string, isRead: boolean) => mark.mutate({ id, isRead }), markAll: all };
}
