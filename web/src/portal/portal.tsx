import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { currentView, sessionQuery } from './api';
import { Ask } from './ask';
import { Enter } from './enter';
import { Home } from './home';
import { NotFound, Trouble, Waiting } from './parts';
import { usePath } from './path';
import { SeeAs, ViewOver } from './see-as';
import { Shell } from './shell';

// Receipts bring the proofs' arithmetic, which the first page does without.
const Receipts = lazy(() => import('./receipts'));

/** The portal: at its door without a session, in its shell with one. */
export function Portal() {
  const { path } = usePath();
  if (path === '/enter') return <Enter />;
  if (path === '/see-as') return <SeeAs />;
  return <Inside path={path} />;
}

function Inside({ path }: { path: string }) {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (error && !session) return <Trouble error={error} onRetry={refetch} />;
  if (session === undefined) return <Waiting />;
  if (session === null) return currentView() ? <ViewOver /> : <Ask />;
  return (
    <Shell session={session}>
      <Suspense fallback={<Waiting />}>
        {path === '/' ? <Home session={session} /> : path === '/receipts' ? <Receipts /> : <NotFound />}
      </Suspense>
    </Shell>
  );
}
