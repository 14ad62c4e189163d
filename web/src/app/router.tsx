import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { customersQuery } from '@/api/customers';
import { sessionQuery } from '@/api/session';
import { signInSearch } from '@/features/access/sign-in-search';
import { portfolioSearch } from '@/features/customers/portfolio-search';
import { PageSkeleton } from './page-skeleton';
import { PageNotFound, PageTrouble } from './page-trouble';
import { queryClient } from './query-client';
import { Shell } from './shell';

const root = createRootRoute({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('@/features/access/sign-in')),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/access/set-up')),
});

/** Everything behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const person = await queryClient.ensureQueryData(sessionQuery);
    if (!person)
      throw redirect({ to: '/sign-in', search: { to: location.href === '/' ? undefined : location.href } });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/customers', search: {} });
  },
});

const portfolio = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: portfolioSearch,
  loader: () => queryClient.ensureQueryData(customersQuery()),
  component: lazyRouteComponent(() => import('@/features/customers/portfolio')),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, inside.addChildren([home, portfolio])]),
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageTrouble,
  defaultNotFoundComponent: PageNotFound,
  defaultPendingMs: 120,
  defaultPendingMinMs: 200,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
