import { Button } from '@mantine/core';
import { IconCalendarPlus, IconPencil } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { customerQuery } from '@/api/customers';
import { useKeys } from '@/lib/keys';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customers';
import { Face, Mark, Pill } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './customer.module.css';
import { stageText, stageTone } from './words';

const CustomerFormDialog = lazy(() => import('./customer-form-dialog'));
const route = getRouteApi('/inside/customers/$id');
const t = texts.customer;
const exact = { exact: true, includeSearch: false };
const open = { includeSearch: false };
const active = { 'data-active': true };

const keys = texts.customer.tabs;

/** The head of every page of a customer: who it is, and its sections. */
export default function CustomerLayout() {
  const { id } = route.useParams();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const [editing, setEditing] = useState(false);
  const navigate = useNavigate();
  useKeys([
    { keys: 'g o', label: keys.overview, run: () => navigate({ to: '/customers/$id', params: { id } }) },
    {
      keys: 'g a',
      label: keys.activity,
      run: () => navigate({ to: '/customers/$id/activity', params: { id }, search: {} }),
    },
    { keys: 'g n', label: keys.plans, run: () => navigate({ to: '/customers/$id/plans', params: { id } }) },
    { keys: 'g t', label: keys.people, run: () => navigate({ to: '/customers/$id/people', params: { id } }) },
    {
      keys: 'g k',
      label: keys.calendar,
      run: () => navigate({ to: '/customers/$id/calendar', params: { id }, search: {} }),
    },
    {
      keys: 'g e',
      label: keys.events,
      run: () => navigate({ to: '/customers/$id/events', params: { id }, search: {} }),
    },
    { keys: 'e', label: t.edit, run: () => setEditing(true) },
  ]);
  const link = { params: { id }, className: s.tab, activeProps: active } as const;
  return (
    <div className={ui.page}>
      <nav className={`${s.crumbs} no-print`} aria-label={t.crumbs}>
        <Link to="/customers" search={{}}>
          {common.nav.portfolio}
        </Link>{' '}
        <span aria-hidden>/</span> <span>{customer.name}</span>
      </nav>
      <header className={s.head}>
        <Mark name={customer.name} size={42} />
        <div className={s.headText}>
          <h1 className={s.title}>{customer.name}</h1>
          <div className={s.meta}>
            {customer.stage && (
              <Pill tone={stageTone(customer.stage)} dot>
                {stageText(customer.stage)}
              </Pill>
            )}
            {customer.owner && (
              <span className={s.owner}>
                <Face name={customer.owner.name} size={20} /> {customer.owner.name}
              </span>
            )}
            {customer.industry && <span>{customer.industry}</span>}
            {customer.tags.map((tag) => (
              <Pill key={tag}>{tag}</Pill>
            ))}
          </div>
        </div>
        <Link
          to="/customers/$id/plans/new"
          params={{ id }}
          search={{}}
          className={`${ui.buttonLink} ${s.start} no-print`}
        >
          <IconCalendarPlus size={15} aria-hidden />
          {t.startPlan}
        </Link>
        <Button
          variant="default"
          className="no-print"
          leftSection={<IconPencil size={15} />}
          onClick={() => setEditing(true)}
        >
          {t.edit}
        </Button>
      </header>
      <nav className={`${s.tabs} no-print`} aria-label={t.sections}>
        <Link to="/customers/$id" activeOptions={exact} {...link}>
          {t.tabs.overview}
        </Link>
        <Link to="/customers/$id/activity" search={{}} activeOptions={open} {...link}>
          {t.tabs.activity}
        </Link>
        <Link to="/customers/$id/plans" activeOptions={open} {...link}>
          {t.tabs.plans}
        </Link>
        <Link to="/customers/$id/people" activeOptions={open} {...link}>
          {t.tabs.people}
        </Link>
        <Link to="/customers/$id/calendar" search={{}} activeOptions={open} {...link}>
          {t.tabs.calendar}
        </Link>
        <Link to="/customers/$id/events" search={{}} activeOptions={open} {...link}>
          {t.tabs.events}
        </Link>
        <Link to="/customers/$id/entities" search={{}} activeOptions={open} {...link}>
          {t.tabs.entities}
        </Link>
        <Link to="/customers/$id/quality" search={{}} activeOptions={open} {...link}>
          {t.tabs.quality}
        </Link>
        <Link to="/customers/$id/imports" activeOptions={open} {...link}>
          {t.tabs.imports}
        </Link>
        <Link to="/customers/$id/receipts" search={{}} activeOptions={open} {...link}>
          {t.tabs.receipts}
        </Link>
        <Link to="/customers/$id/audit-trail" search={{}} activeOptions={open} {...link}>
          {t.tabs.audit}
        </Link>
        <Link to="/customers/$id/api-keys" activeOptions={open} {...link}>
          {t.tabs.keys}
        </Link>
        <Link to="/customers/$id/portal" search={{}} activeOptions={open} {...link}>
          {t.tabs.portal}
        </Link>
      </nav>
      <Outlet />
      {editing && (
        <Suspense>
          <CustomerFormDialog open customer={customer} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  );
}
