import { UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconMenu2, IconSearch, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Bell } from '@/features/notify/bell';
import { follow } from '@/features/notify/live';
import { useKeys } from '@/lib/keys';
import { texts } from '@/texts/common';
import { Logo } from '@/ui/primitives';
import { Navigation } from './navigation';
import s from './shell.module.css';
import { useScheme } from './use-scheme';

// The palette with its package is a chunk of its own: fetched when idle, or on the first Ctrl+K.
const loadPalette = () => import('./command-palette');
const CommandPalette = lazy(loadPalette);
const KeyHelp = lazy(() => import('./key-help'));
const Toasts = lazy(() => import('./toasts'));
const keys = texts.keys;
const paletteWarmUpMs = 2_500;

/** The frame of every screen behind the sign-in: navigation beside it (above it on a phone), palette, messages. */
export function Shell() {
  const [palette, setPalette] = useState(0); // 0 = not yet asked for
  const [help, setHelp] = useState(false);
  const [hasToasts, setHasToasts] = useState(false);
  const drawer = useRef<HTMLDialogElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const navigate = useNavigate();
  const scheme = useScheme();
  const client = useQueryClient();
  useEffect(() => follow(client), [client]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every navigation closes the phone's menu
  useEffect(() => drawer.current?.close(), [path]);
  // The page first: a message waits in its store until there is a place for it.
  useEffect(() => {
    const id = setTimeout(() => setHasToasts(true));
    return () => clearTimeout(id);
  }, []);
  useEffect(() => {
    // A warm-up that fails is none: the first Ctrl+K asks again.
    const id = setTimeout(() => loadPalette().catch(() => undefined), paletteWarmUpMs);
    return () => clearTimeout(id);
  }, []);

  const search = () => {
    drawer.current?.close();
    setPalette((n) => n + 1);
  };
  useHotkeys([
    ['mod+K', search],
    ['/', search],
    ['mod+J', scheme.toggle],
  ]);
  useKeys([
    { keys: '?', label: keys.help, run: () => setHelp(true), anywhere: true },
    {
      keys: 'g p',
      label: keys.goPortfolio,
      run: () => navigate({ to: '/customers', search: {} }),
      anywhere: true,
    },
    {
      keys: 'g d',
      label: keys.goMyDay,
      run: () => navigate({ to: '/my-day', search: {} }),
      anywhere: true,
    },
    { keys: 'g b', label: keys.goPlaybooks, run: () => navigate({ to: '/playbooks' }), anywhere: true },
    { keys: 'g r', label: keys.goReceipts, run: () => navigate({ to: '/receipts' }), anywhere: true },
    {
      keys: 'g i',
      label: keys.goInbox,
      run: () => navigate({ to: '/inbox', search: {} }),
      anywhere: true,
    },
    {
      keys: 'g l',
      label: keys.goAudit,
      run: () => navigate({ to: '/audit-trail', search: {} }),
      anywhere: true,
    },
  ]);

  return (
    <div className={s.frame}>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      <aside className={`${s.aside} no-print`}>
        <Navigation onSearch={search} bell={<Bell />} />
      </aside>

      <header className={`${s.header} no-print`}>
        <UnstyledButton
          className={s.bar}
          aria-label={texts.nav.open}
          aria-haspopup="dialog"
          onClick={() => drawer.current?.showModal()}
        >
          <IconMenu2 size={20} stroke={1.7} />
        </UnstyledButton>
        <Logo />
        <strong className={s.name}>{texts.product}</strong>
        <Bell />
        <UnstyledButton className={s.bar} aria-label={texts.nav.search} onClick={search}>
          <IconSearch size={19} stroke={1.7} />
        </UnstyledButton>
      </header>
      {/* A click on the backdrop arrives at the dialog itself; Escape closes it without our help. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way */}
      <dialog
        ref={drawer}
        className={`${s.drawer} no-print`}
        aria-label={texts.nav.main}
        onClick={(event) => event.target === drawer.current && drawer.current.close()}
      >
        <div className={s.drawerBody}>
          <UnstyledButton
            className={`${s.bar} ${s.drawerClose}`}
            aria-label={texts.nav.close}
            onClick={() => drawer.current?.close()}
          >
            <IconX size={20} stroke={1.7} />
          </UnstyledButton>
          <Navigation onSearch={search} />
        </div>
      </dialog>

      <main className={s.main} id="main" tabIndex={-1}>
        <div className={s.panel}>
          <Outlet />
        </div>
      </main>

      {hasToasts && (
        <Suspense>
          <Toasts />
        </Suspense>
      )}
      {help && (
        <Suspense>
          <KeyHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
      {palette > 0 && (
        <Suspense>
          <CommandPalette request={palette} />
        </Suspense>
      )}
    </div>
  );
}
