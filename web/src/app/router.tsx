import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { customersQuery } from '@/api/customers';
import { checkpointQuery, latestEventsQuery, proofQuery, receiptQuery, verifierKeyQuery } from '@/api/ledger';
import { accountSearch, signInSearch } from '@/features/access/sign-in-search';
import { activitySearch } from '@/features/customers/activity-api';
import { calendarSearch } from '@/features/customers/calendar-search';
import { portfolioSearch } from '@/features/customers/portfolio-search';
import { entitiesSearch, entitySearch } from '@/features/ingest/entities/entities-search';
import { eventsSearch } from '@/features/ingest/events-search';
import { qualitySearch } from '@/features/ingest/quality/quality-search';
import { deliveriesSearch, inboxSearch } from '@/features/notify/inbox-search';
import { portalSearch } from '@/features/portal/portal-search';
import { auditSearch } from '@/features/receipts/audit-search';
import { receiptsSearch } from '@/features/receipts/receipts-search';
import { PageSkeleton } from './page-skeleton';
import { PageNotFound, PageTrouble } from './page-trouble';
import { queryClient } from './query-client';
import { customer, inside, prefetch, root } from './route-roots';
import { planPages, planSections } from './routes-plans';

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

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('@/features/access/password-link')),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('@/features/access/forgotten-password')),
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

const overview = createRoute({
  getParentRoute: () => customer,
  path: '/',
  loader: ({ params }) =>
    Promise.all([prefetch(latestEventsQuery(params.id)), prefetch(checkpointQuery(params.id))]),
  component: lazyRouteComponent(() => import('@/features/customers/customer-overview')),
});

const activity = createRoute({
  getParentRoute: () => customer,
  path: '/activity',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('@/features/customers/customer-activity')),
});

const people = createRoute({
  getParentRoute: () => customer,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/customers/customer-people')),
});

const calendar = createRoute({
  getParentRoute: () => customer,
  path: '/calendar',
  validateSearch: calendarSearch,
  component: lazyRouteComponent(() => import('@/features/customers/customer-calendar')),
});

const events = createRoute({
  getParentRoute: () => customer,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import('@/features/ingest/event-stream')),
});

const entities = createRoute({
  getParentRoute: () => customer,
  path: '/entities',
  validateSearch: entitiesSearch,
  component: lazyRouteComponent(() => import('@/features/ingest/entities/entities')),
});

const entity = createRoute({
  getParentRoute: () => customer,
  path: '/entities/$type/$entity',
  validateSearch: entitySearch,
  component: lazyRouteComponent(() => import('@/features/ingest/entities/entity')),
});

const quality = createRoute({
  getParentRoute: () => customer,
  path: '/quality',
  validateSearch: qualitySearch,
  component: lazyRouteComponent(() => import('@/features/ingest/quality/quality')),
});

const eventTypes = createRoute({
  getParentRoute: () => customer,
  path: '/event-types',
  validateSearch: (search: Record<string, unknown>): { open?: string } => ({
    open: typeof search.open === 'string' ? search.open : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/ingest/types/event-types')),
});

const imports = createRoute({
  getParentRoute: () => customer,
  path: '/imports',
  component: lazyRouteComponent(() => import('@/features/ingest/imports/imports')),
});

const newImport = createRoute({
  getParentRoute: () => customer,
  path: '/imports/new',
  component: lazyRouteComponent(() => import('@/features/ingest/imports/new-import')),
});

const oneImport = createRoute({
  getParentRoute: () => customer,
  path: '/imports/$import',
  component: lazyRouteComponent(() => import('@/features/ingest/imports/import')),
});

const customerReceipts = createRoute({
  getParentRoute: () => customer,
  path: '/receipts',
  validateSearch: receiptsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ params: { id }, deps: { event, source } }) =>
    event
      ? Promise.all([
          prefetch(receiptQuery(id, event, source)),
          prefetch(proofQuery(id, event, source)),
          prefetch(verifierKeyQuery(id)),
        ])
      : prefetch(latestEventsQuery(id)),
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

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('@/features/notify/inbox')),
});

const mail = createRoute({
  getParentRoute: () => inside,
  path: '/mail',
  validateSearch: deliveriesSearch,
  component: lazyRouteComponent(() => import('@/features/notify/deliveries')),
});

const auditTrail = createRoute({
  getParentRoute: () => inside,
  path: '/audit-trail',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('@/features/receipts/audit-trail')),
});

const data = [events, entities, entity, quality, eventTypes, imports, newImport, oneImport];
const sections = [
  overview,
  activity,
  people,
  calendar,
  ...planSections,
  ...data,
  customerReceipts,
  customerAuditTrail,
  apiKeys,
  portal,
];

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/access/staff/settings-layout')),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/people' });
  },
});

const staff = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/access/staff/people')),
});

const person = createRoute({
  getParentRoute: () => settings,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('@/features/access/staff/person')),
});

const roles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  component: lazyRouteComponent(() => import('@/features/access/staff/roles')),
});

const operatorKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('@/features/access/staff/operator-keys')),
});

const security = createRoute({
  getParentRoute: () => settings,
  path: '/security',
  component: lazyRouteComponent(() => import('@/features/access/staff/security')),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('@/features/access/sign-in-account')),
});

const signInSettings = createRoute({
  getParentRoute: () => settings,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('@/features/access/sign-in-settings')),
});

const settingsPages = settings.addChildren([
  settingsHome,
  staff,
  person,
  roles,
  operatorKeys,
  security,
  signInSettings,
]);

const routeTree = root.addChildren([
  signIn,
  setup,
  password,
  forgotten,
  inside.addChildren([
    home,
    portfolio,
    customer.addChildren(sections),
    ...planPages,
    receipts,
    auditTrail,
    account,
    settingsPages,
    inbox,
    mail,
  ]),
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
