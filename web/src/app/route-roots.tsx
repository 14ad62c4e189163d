import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { sessionQuery } from '@/api/session';
import { NoSuchAddress } from './page-trouble';
import { queryClient } from './query-client';
import { Shell } from './shell';

/**
 * Loaders ask for all that a page is made of at once, so that it appears whole and nothing moves. A refusal stays in its
 * query, whose place on the page shows it.
 */
export const prefetch = queryClient.prefetchQuery.bind(queryClient);

export const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchAddress });

/** Everything behind the sign-in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const person = await queryClient.ensureQueryData(sessionQuery);
    if (!person)
      throw redirect({ to: '/sign-in', search: { to: location.href === '/' ? undefined : location.href } });
  },
  component: Shell,
});

/** Everything about one customer. */
export const customer = createRoute({
  getParentRoute: () => inside,
  path: '/customers/$id',
  loader: ({ params }) => queryClient.ensureQueryData(customerQuery(params.id)),
  component: lazyRouteComponent(() => import('@/features/customers/customer-layout')),
});
