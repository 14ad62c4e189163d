import '@mantine/spotlight/styles.layer.css';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import {
  IconBell,
  IconBook2,
  IconBuildingSkyscraper,
  IconCalendarCheck,
  IconCalendarPlus,
  IconCalendarStats,
  IconCube,
  IconFileImport,
  IconGauge,
  IconHistory,
  IconListDetails,
  IconLogout,
  IconMoonStars,
  IconPlus,
  IconReceipt2,
  IconSchema,
  IconSearch,
  IconTimeline,
  IconUpload,
  IconUserShield,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { customersQuery } from '@/api/customers';
import { texts } from '@/texts/common';
import { Mark } from '@/ui/primitives';
import s from './command-palette.module.css';
import { useScheme } from './use-scheme';
import { useSignOut } from './use-sign-out';

const t = texts.palette;
const icon = { size: 17, stroke: 1.7 } as const;
const mostShown = 12;

/** One place to go, find and do. `request` counts how often it was asked for; each time it opens anew. */
export default function CommandPalette({ request }: { request: number }) {
  const navigate = useNavigate();
  const { toggle } = useScheme();
  const signOut = useSignOut();
  const { data } = useQuery(customersQuery());
  const { id } = useParams({ strict: false });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each request opens it again
  useEffect(() => spotlight.open(), [request]);

  const actions = useMemo<SpotlightActionGroupData[]>(() => {
    const action = (id: string, label: string, leftSection: React.ReactNode, onClick: () => void) => ({
      id,
      label,
      leftSection,
      onClick,
    });
    // Where somebody is decides what comes first.
    const params = { id: id ?? '' };
    const here = [
      action('plans', t.here.plans, <IconCalendarStats {...icon} />, () =>
        navigate({ to: '/customers/$id/plans', params }),
      ),
      action('start-plan', t.here.startPlan, <IconCalendarPlus {...icon} />, () =>
        navigate({ to: '/customers/$id/plans/new', params, search: {} }),
      ),
      action('events', t.here.events, <IconTimeline {...icon} />, () =>
        navigate({ to: '/customers/$id/events', params, search: {} }),
      ),
      action('entities', t.here.entities, <IconCube {...icon} />, () =>
        navigate({ to: '/customers/$id/entities', params, search: {} }),
      ),
      action('quality', t.here.quality, <IconGauge {...icon} />, () =>
        navigate({ to: '/customers/$id/quality', params, search: {} }),
      ),
      action('event-types', t.here.eventTypes, <IconSchema {...icon} />, () =>
        navigate({ to: '/customers/$id/event-types', params, search: {} }),
      ),
      action('imports', t.here.imports, <IconFileImport {...icon} />, () =>
        navigate({ to: '/customers/$id/imports', params }),
      ),
      action('new-import', t.here.newImport, <IconUpload {...icon} />, () =>
        navigate({ to: '/customers/$id/imports/new', params }),
      ),
    ];
    return [
      {
        group: t.actions,
        actions: [
          ...(id ? here : []),
          action('portfolio', t.goPortfolio, <IconBuildingSkyscraper {...icon} />, () =>
            navigate({ to: '/customers', search: {} }),
          ),
          action('my-day', t.goMyDay, <IconCalendarCheck {...icon} />, () =>
            navigate({ to: '/my-day', search: {} }),
          ),
          action('playbooks', t.goPlaybooks, <IconListDetails {...icon} />, () =>
            navigate({ to: '/playbooks' }),
          ),
          action('receipts', t.goReceipts, <IconReceipt2 {...icon} />, () => navigate({ to: '/receipts' })),
          action('audit', t.goAudit, <IconHistory {...icon} />, () =>
            navigate({ to: '/audit-trail', search: {} }),
          ),
          action('inbox', t.goInbox, <IconBell {...icon} />, () => navigate({ to: '/inbox', search: {} })),
          action('new', t.newCustomer, <IconPlus {...icon} />, () =>
            navigate({ to: '/customers', search: { new: true } }),
          ),
          action('account', t.goAccount, <IconUserShield {...icon} />, () =>
            navigate({ to: '/account', search: {} }),
          ),
          action('docs', t.goDocs, <IconBook2 {...icon} />, () => window.location.assign('/docs')),
          action('theme', t.theme, <IconMoonStars {...icon} />, toggle),
          action('sign-out', t.signOut, <IconLogout {...icon} />, signOut),
        ],
      },
      {
        group: t.customers,
        actions: (data?.items ?? []).map((customer) => ({
          id: customer.id,
          label: customer.name,
          description: customer.industry ?? undefined,
          keywords: [customer.id, ...customer.tags],
          leftSection: <Mark name={customer.name} size={26} />,
          onClick: () => navigate({ to: '/customers/$id', params: { id: customer.id } }),
        })),
      },
    ];
  }, [data, id, navigate, toggle, signOut]);

  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound={t.nothing}
      highlightQuery
      limit={mostShown}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t.label } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      radius="lg"
      size={620}
      overlayProps={{ backgroundOpacity: 0.25, blur: 2 }}
      transitionProps={{ duration: 120, transition: 'pop' }}
      searchProps={{
        leftSection: <IconSearch {...icon} />,
        placeholder: t.placeholder,
        'aria-label': t.placeholder,
      }}
      classNames={{
        action: s.action,
        actionLabel: s.label,
        actionDescription: s.desc,
        search: s.search,
        actionsGroup: s.group,
      }}
    />
  );
}
