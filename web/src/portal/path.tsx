import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';

/** The portal has a handful of pages, so it has no router: an address, a way to change it, and links that do. */
const base = '/portal';

function subscribe(changed: () => void) {
  window.addEventListener('popstate', changed);
  return () => window.removeEventListener('popstate', changed);
}

/** Where the visitor is: the path below /portal and what is searched for. */
export function usePath() {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const url = new URL(address, location.origin);
  return { path: url.pathname.slice(base.length).replace(/\/$/, '') || '/', search: url.searchParams };
}

/** Goes to a page of the portal. */
export function go(to: string, replace = false) {
  const address = base + (to === '/' ? '' : to);
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
  if (!replace) window.scrollTo(0, 0);
}

/** A link to a page of the portal. A new tab and the like are left to the browser. */
export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={base + (to === '/' ? '' : to)} onClick={onClick} />;
}

/** The secret behind the hash, taken out of the address at once so that it stays in no history and no bookmark. */
export function takeHash() {
  const token = decodeURIComponent(location.hash.slice(1));
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}
