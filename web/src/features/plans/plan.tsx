import { useElementSize } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { closedDays } from '@/lib/days';
import { useKeys } from '@/lib/keys';
import { texts } from '@/texts/plans';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { ConflictNotice } from './conflict-notice';
import { type Desk, DeskProvider } from './desk';
import { draftedSpan } from './draft';
import { DraftPanel } from './draft-panel';
import { GanttTools } from './gantt-tools';
import { GanttView } from './gantt-view';
import { ItemPanel } from './item-panel';
import { PlanHead } from './plan-head';
import s from './plans.module.css';
import { planQuery } from './plans-api';
import { planViews } from './plans-search';
import type { PlanItem } from './types';
import { useChangeItem } from './use-change-item';
import { useDraft } from './use-draft';
import { usePlanLive } from './use-plan-live';

const route = getRouteApi('/inside/customers/$id/plans/$plan');
const t = texts.plan;
// The first view is the Gantt; the others come when they are asked for.
const views = {
  board: lazy(() => import('./board')),
  list: lazy(() => import('./item-list')),
  calendar: lazy(() => import('./plan-calendar')),
  checklists: lazy(() => import('./checklists')),
  budget: lazy(() => import('./budget')),
  history: lazy(() => import('./plan-history')),
};

/** One plan in all its views. What is being tried, and what others do, is shared by all of them. */
export default function PlanPage() {
  const { id, plan: planId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/plans/$plan' });
  const { data: plan } = useSuspenseQuery(planQuery(id, planId));
  const { ref, width } = useElementSize();
  const [isDragging, setDragging] = useState(false);
  const [said, announce] = useState('');
  const draft = useDraft(id, plan);
  const { change, conflict, keepTheirs, redoMine } = useChangeItem(id, planId);
  const live = usePlanLive(id, planId);
  const why = useMemo(() => closedDays(plan.calendar.closed, t.weekend), [plan.calendar.closed]);
  const view = search.view ?? 'gantt';
  const { changes, preview } = draft;
  const spanOf = useCallback(
    (item: PlanItem) => (changes.length === 0 ? item : draftedSpan(item, changes, preview, why)),
    [changes, preview, why],
  );
  const open = useCallback(
    (item: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, item }), resetScroll: false }),
    [navigate],
  );
  useEffect(() => {
    if (live.foreign) announce(t.othersChanged(live.foreign.by, live.foreign.items));
  }, [live.foreign]);
  useKeys(
    planViews.map((one, at) => ({
      keys: String(at + 1),
      label: t.views[one],
      run: () =>
        void navigate({
          search: (before) => ({ ...before, view: one === 'gantt' ? undefined : one }),
        }),
    })),
  );
  const desk: Desk = {
    customer: id,
    plan,
    today: plan.calendar.today,
    why,
    draft,
    tinted: live.tinted,
    selected: search.item,
    view,
    isDragging,
    setDragging,
    open,
    change,
    spanOf,
    announce,
  };
  const selected = plan.items.find((item) => item.id === search.item);
  // While a bar is in the hand the panel would push the others away.
  const hasDraft = draft.changes.length > 0 && !isDragging;
  const Other = view === 'gantt' ? undefined : views[view];
  return (
    <DeskProvider value={desk}>
      <PlanHead state={live.state} />
      <div className={`${s.bar} no-print`}>
        <Views view={view} />
        {view === 'gantt' && <GanttTools search={search} />}
      </div>
      {conflict && <ConflictNotice conflict={conflict} onTheirs={keepTheirs} onMine={redoMine} />}
      <div ref={ref} className={s.desk} data-side={hasDraft || selected !== undefined}>
        <div className={s.view}>
          {Other ? (
            <Suspense fallback={<Waiting />}>
              <Other search={search} />
            </Suspense>
          ) : (
            width > 0 && <GanttView search={search} room={width} />
          )}
        </div>
        <Side>
          {hasDraft && <DraftPanel />}
          {selected && <ItemPanel key={selected.id} item={selected} />}
          {search.item && !selected && <Notice tone="warn">{t.noSuchItem}</Notice>}
        </Side>
      </div>
      <div className="sr" aria-live="polite">
        {said}
      </div>
    </DeskProvider>
  );
}

const Waiting = () => <div className={ui.hint} aria-busy="true" role="status" aria-label={t.loading} />;

/** What is being tried, and the details of an item, beside the view; over it on a phone. */
const Side = ({ children }: { children: ReactNode }) => (
  <div className={`${s.side} no-print`}>{children}</div>
);

function Views({ view }: { view: string }) {
  const { id, plan } = route.useParams();
  return (
    <nav className={ui.views} aria-label={t.viewsLabel}>
      {planViews.map((one) => (
        <Link
          key={one}
          to="/customers/$id/plans/$plan"
          params={{ id, plan }}
          search={(before) => ({
            view: one === 'gantt' ? undefined : one,
            item: before.item,
          })}
          className={ui.view}
          data-active={view === one}
          aria-current={view === one ? 'true' : undefined}
        >
          {t.views[one]}
        </Link>
      ))}
    </nav>
  );
}
