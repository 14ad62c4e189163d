import { UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { texts as t } from '@/texts/inbox';
import { unreadQuery } from './api';
import s from './notify.module.css';

const Latest = lazy(() => import('./latest'));
const mostShown = 99;

/** The bell with the number of unread messages; opens the latest ones beside it. */
export function Bell() {
  const { data: unread = 0 } = useQuery(unreadQuery);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <UnstyledButton className={s.bell} aria-label={t.open(unread)} popoverTarget={id} aria-expanded={open}>
        <IconBell size={18} stroke={1.7} />
        {unread > 0 && (
          <span className={s.count} aria-hidden>
            {unread > mostShown ? `${mostShown}+` : unread}
          </span>
        )}
      </UnstyledButton>
      {/* The browser's own popover: it closes on Escape and on a click elsewhere, and gives the focus back. */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={s.panel}
        role="dialog"
        aria-label={t.title}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && (
          <Suspense>
            <Latest onLeave={() => panel.current?.hidePopover()} />
          </Suspense>
        )}
      </div>
    </>
  );
}
