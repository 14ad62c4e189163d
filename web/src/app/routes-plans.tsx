import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { playbookQuery, playbooksQuery } from '@/api/playbooks';
import { planQuery, plansQuery, progressQuery } from '@/features/plans/plans-api';
import { myDaySearch, planSearch, startSearch } from '@/features/plans/plans-search';
import { playbookSearch } from '@/features/playbooks/playbook-search';
import { queryClient } from './query-client';
import { customer, inside, prefetch } from './route-roots';

const plans = createRoute({
  getParentRoute: () => customer,
  path: '/plans',
  loader: ({ params }) => queryClient.ensureQueryData(plansQuery(params.id)),
  component: lazyRouteComponent(() => import('@/features/plans/plans')),
});

const newPlan = createRoute({
  getParentRoute: () => customer,
  path: '/plans/new',
  validateSearch: startSearch,
  loader: () => queryClient.ensureQueryData(playbooksQuery),
  component: lazyRouteComponent(() => import('@/features/plans/start-plan')),
});

const plan = createRoute({
  getParentRoute: () => customer,
  path: '/plans/$plan',
  validateSearch: planSearch,
  loader: ({ params }) =>
    Promise.all([
      queryClient.ensureQueryData(planQuery(params.id, params.plan)),
      prefetch(progressQuery(params.id, params.plan)),
    ]),
  component: lazyRouteComponent(() => import('@/features/plans/plan')),
});

const myDay = createRoute({
  getParentRoute: () => inside,
  path: '/my-day',
  validateSearch: myDaySearch,
  component: lazyRouteComponent(() => import('@/features/plans/my-day')),
});

const playbooks = createRoute({
  getParentRoute: () => inside,
  path: '/playbooks',
  loader: () => queryClient.ensureQueryData(playbooksQuery),
  component: lazyRouteComponent(() => import('@/features/playbooks/playbooks')),
});

const playbook = createRoute({
  getParentRoute: () => inside,
  path: '/playbooks/$playbook',
  validateSearch: playbookSearch,
  loaderDeps: ({ search }) => ({ version: search.version }),
  loader: ({ params, deps }) => queryClient.ensureQueryData(playbookQuery(params.playbook, deps.version)),
  component: lazyRouteComponent(() => import('@/features/playbooks/playbook')),
});

/** The sections of a customer's page that are about plans. */
export const planSections = [plans, newPlan, plan] as const;
/** What is about plans beyond one customer. */
export const planPages = [myDay, playbooks, playbook] as const;
