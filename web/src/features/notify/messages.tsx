import { ActionIcon } from '@mantine/core';
import { IconMail, IconMailOpened } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { instant } from '@/lib/format';
import { texts as t } from '@/texts/inbox';
import type { InboxItem } from './api';
import s from './notify.module.css';

/** A list of messages, the newest first. Following one marks it as read. */
export function Messages(props: {
  items: InboxItem[];
  onMark: (id: string, isRead: boolean) => void;
  onLeave?: () => void;
}) {
  return (
    <ul className={s.list} aria-label={t.list}>
      {props.items.map((item) => (
        <Message key={item.id} item={item} {...props} />
      ))}
    </ul>
  );
}

function Message(props: {
  item: InboxItem;
  onMark: (id: string, isRead: boolean) => void;
  onLeave?: () => void;
}) {
  const { item, onMark } = props;
  const router = useRouter();
  const isRead = item.readAt !== null;
  const path = item.path?.startsWith('/') && !item.path.startsWith('//') ? item.path : undefined;
  const follow = (event: React.MouseEvent) => {
    if (!isRead) onMark(item.id, true);
    // A click that opens another tab is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey || !path) return;
    event.preventDefault();
    props.onLeave?.();
    router.history.push(path);
  };
  return (
    <li className={s.item} data-unread={!isRead}>
      <span className={s.dot} aria-hidden />
      <div className={s.what}>
        {!isRead && <span className="sr">{t.isUnread}: </span>}
        {path ? (
          <a className={s.subject} href={path} onClick={follow}>
            {item.subject}
          </a>
        ) : (
          <span className={s.subject}>{item.subject}</span>
        )}
        <p className={s.text}>{item.text ?? t.sealed}</p>
        <time className={s.when} dateTime={item.createdAt}>
          {instant(item.createdAt)}
        </time>
      </div>
      <ActionIcon
        variant="subtle"
        className={s.mark}
        aria-label={isRead ? t.markUnread(item.subject) : t.markRead(item.subject)}
        onClick={() => onMark(item.id, !isRead)}
      >
        {isRead ? <IconMail size={16} stroke={1.7} /> : <IconMailOpened size={16} stroke={1.7} />}
      </ActionIcon>
    </li>
  );
}
