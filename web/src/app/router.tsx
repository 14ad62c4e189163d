import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { customerQuery, customersQuery } from '@/api/customers';
import { sessionQuery } from '@/api/session';
import { signInSearch } from '@/features/access/sign-in-search';
import { portfolioSearch } from '@/features/customers/portfolio-search';
import { eventsSearch } from '@/features/ingest/events-search';
import { portalSearch } from '@/features/portal/portal-search';
import { auditSearch } from '@/features/receipts/audit-search';
import { receiptsSearch } from '@/features/receipts/receipts-search';
import { PageSkeleton } from './page-skeleton';
import { NoSuchAddress, PageNotFound, PageTrouble } from './page-trouble';
import { queryClient } from './query-client';
import { Shell } from './shell';

const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchAddress });

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

const customer = createRoute({
  getParentRoute: () => inside,
  path: '/customers/$id',
  loader: ({ params }) => queryClient.ensureQueryData(customerQuery(params.id)),
  component: lazyRouteComponent(() => import('@/features/customers/customer-layout')),
});

const overview = createRoute({
  getParentRoute: () => customer,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/customers/customer-overview')),
});

const events = createRoute({
  getParentRoute: () => customer,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import('@/features/ingest/event-stream')),
});

const customerReceipts = createRoute({
  getParentRoute: () => customer,
  path: '/receipts',
  validateSearch: receiptsSearch,
  component: lazyRouteComponent(() => import('@/features/receipts/customer-receipts')),
});

const customerAuditTrail = createRoute({
  getParentRoute: () => customer,
  path: '/audit-trail',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/receipts/customer-audit-trail')),
});

const apiKeys = createRoute({
  getParentRoute: () => customer,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('@/features/access/api-keys')),
});

const portal = createRoute({
  getParentRoute: () => customer,
  path: '/portal',
  validateSearch: portalSearch,
  component: lazyRouteComponent(() => import('@/features/portal/customer-portal')),
});

const receipts = createRoute({
  getParentRoute: () => inside,
  path: '/receipts',
  component: lazyRouteComponent(() => import('@/features/receipts/receipt-finder')),
});

const auditTrail = createRoute({
  getParentRoute: () => inside,
  path: '/audit-trail',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/receipts/audit-trail')),
});

const sections = [overview, events, customerReceipts, customerAuditTrail, apiKeys, portal];

const routeTree = root.addChildren([
  signIn,
  setup,
  inside.addChildren([home, portfolio, customer.addChildren(sections), receipts, auditTrail]),
]);

/** One router on the browser's own addresses, or on others that a test brings. */
export const makeRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    history,
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
    router: ReturnType<typeof makeRouter>;
  }
}
