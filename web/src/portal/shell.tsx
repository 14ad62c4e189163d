import { hashKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { texts } from '@/texts/portal';
import { Face, Mark } from '@/ui/primitives';
import { leave, type PortalSession, sessionQuery } from './api';
import { go, Link, usePath } from './path';
import { ViewBanner } from './see-as';

/** The frame of every page: whose portal it is, the pages, the visitor. */
export function Shell({ session, children }: { session: PortalSession; children: ReactNode }) {
  const { path } = usePath();
  const { customer, person } = session;
  useEffect(() => {
    document.title = texts.title(customer.name);
  }, [customer.name]);
  const page = (to: string, name: string) => (
    <Link to={to} aria-current={path === to ? 'page' : undefined}>
      {name}
    </Link>
  );
  return (
    <>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      {session.seenBy && <ViewBanner person={person.name} />}
      <header className="top">
        <div className="top-inner">
          <Link to="/" className="brand">
            <Mark name={customer.name} size={36} />
            <span>{customer.name}</span>
          </Link>
          <nav aria-label={texts.nav}>
            {page('/', texts.home)}
            {page('/receipts', texts.receipts)}
          </nav>
          <Account name={person.name} isSeen={session.seenBy !== null} />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>{texts.poweredBy}</footer>
    </>
  );
}

function Account({ name, isSeen }: { name: string; isSeen: boolean }) {
  const client = useQueryClient();
  const out = useMutation({
    mutationFn: leave,
    onSuccess: () => {
      // The page watches this one answer; forgotten with the others, it would go on showing the last person.
      client.setQueryData(sessionQuery.queryKey, null);
      client.removeQueries({ predicate: ({ queryHash }) => queryHash !== hashKey(sessionQuery.queryKey) });
      go('/', true);
    },
  });
  return (
    <details className="account">
      <summary aria-label={`${texts.account}: ${name}`}>
        <Face name={name} size={36} />
      </summary>
      <div className="menu">
        <strong>{name}</strong>
        <SchemeButton />
        {!isSeen && (
          <button type="button" onClick={() => out.mutate()} disabled={out.isPending}>
            {texts.signOut}
          </button>
        )}
      </div>
    </details>
  );
}

/** The same setting as in the rest of the product, read before the first paint by boot.js. */
function SchemeButton() {
  const root = document.documentElement;
  const [isDark, setDark] = useState(root.dataset.mantineColorScheme === 'dark');
  const toggle = () => {
    const scheme = isDark ? 'light' : 'dark';
    root.dataset.mantineColorScheme = scheme;
    setDark(!isDark);
    try {
      localStorage.setItem('mantine-color-scheme-value', scheme);
    } catch {
      // A browser that refuses storage forgets the choice with the visit.
    }
  };
  return (
    <button type="button" onClick={toggle}>
      {texts.scheme(isDark)}
    </button>
  );
}
