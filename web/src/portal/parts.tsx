import type { ReactNode } from 'react';
import { texts } from '@/texts/portal';
import { Link } from './path';

/** A titled block of the page. */
export function Block(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="block">
      <header className="block-head">
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

/** What a page says where there is nothing: what it is for, and what to do. */
export function Empty(props: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      <div>{props.children}</div>
    </div>
  );
}

/** The shape of a page that is on its way; drawn late enough not to flash. */
export const Waiting = () => (
  <div className="waiting" role="status" aria-label={texts.loading}>
    <span />
    <span />
    <span />
  </div>
);

export function Trouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className="empty" role="alert">
      <h2>{texts.trouble}</h2>
      <p>{error.message}</p>
      <button type="button" className="button" onClick={() => onRetry()}>
        {texts.retry}
      </button>
    </div>
  );
}

export const NotFound = () => (
  <Empty title={texts.notFound}>
    <p>{texts.notFoundText}</p>
    <Link to="/" className="button">
      {texts.toHome}
    </Link>
  </Empty>
);

/** The card in the middle of the page at the door. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-card">
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
