import { Button, NativeSelect, Switch } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { longDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import ui from '@/ui/ui.module.css';
import { type Desk, useDesk } from './desk';
import { draggedBy, isMovable, lengthenedBy, shiftedBy } from './draft';
import { Gantt } from './gantt/gantt';
import type { GanttActions } from './gantt/gantt-actions';
import type { GanttItem } from './gantt/layout';
import s from './plans.module.css';
import { type PlanSearch, zooms } from './plans-search';
import { TimelineList } from './timeline-list';
import type { PlanItem } from './types';

const NewItemDialog = lazy(() => import('./new-item-dialog'));
const t = texts.gantt;
const narrow = '(max-width: 48em)';
const layers = ['critical', 'baseline', 'links'] as const;

/** The plan over its days; on a phone as a list that reads from the first day to the last. */
export function GanttView({ search, room }: { search: PlanSearch; room: number }) {
  const desk = useDesk();
  const navigate = useNavigate({ from: '/customers/$id/plans/$plan' });
  const isNarrow = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const [adding, setAdding] = useState(false);
  const hidden = useMemo(() => new Set(search.hide?.split(',')), [search.hide]);
  const show = useMemo(
    () => ({
      critical: !hidden.has('critical'),
      baseline: !hidden.has('baseline'),
      links: !hidden.has('links'),
    }),
    [hidden],
  );
  const toggle = (layer: string) => {
    const left = layers.filter((one) => hidden.has(one) !== (one === layer));
    navigate({ search: (before) => ({ ...before, hide: left.join(',') || undefined }), replace: true });
  };
  const actions = useGanttActions(desk);
  const conflicts = useMemo(
    () => new Set(desk.draft.preview?.conflicts.map((one) => one.item)),
    [desk.draft.preview],
  );
  const items = useItems(desk);
  const byId = useMemo(() => new Map(desk.plan.items.map((item) => [item.id, item])), [desk.plan.items]);
  const { spanOf } = desk;
  const span = useMemo(
    () => (item: GanttItem) => {
      const own = byId.get(item.id);
      return own ? spanOf(own) : item;
    },
    [byId, spanOf],
  );
  return (
    <>
      <div className={`${ui.toolbar} no-print`}>
        {!isNarrow && (
          <>
            <NativeSelect
              size="xs"
              aria-label={t.zoom}
              value={search.zoom ?? 'fit'}
              onChange={(event) => {
                const zoom = zooms.find((one) => one === event.currentTarget.value && one !== 'fit');
                navigate({ search: (before) => ({ ...before, zoom }), replace: true });
              }}
              data={zooms.map((zoom) => ({ value: zoom, label: t.zooms[zoom] }))}
            />
            {layers.map((layer) => (
              <Switch
                key={layer}
                size="xs"
                label={t.layers[layer]}
                checked={show[layer]}
                onChange={() => toggle(layer)}
              />
            ))}
          </>
        )}
        <Button
          className={ui.spring}
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setAdding(true)}
        >
          {t.add}
        </Button>
      </div>
      {isNarrow ? (
        <TimelineList />
      ) : (
        <section className={s.frame} aria-label={t.label}>
          <Gantt
            label={t.label}
            items={items}
            phases={desk.plan.phases}
            why={desk.why}
            today={desk.today}
            zoom={search.zoom ?? 'fit'}
            room={room}
            show={show}
            spanOf={span}
            conflicts={conflicts}
            tinted={desk.tinted}
            selected={desk.selected}
            actions={actions}
          />
          <Legend show={show} />
        </section>
      )}
      {adding && (
        <Suspense>
          <NewItemDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The plan's items, on the critical path that the draft would have. */
function useItems({ plan, draft }: Desk): readonly GanttItem[] {
  const path = draft.preview?.criticalPath;
  return useMemo(() => {
    if (!path) return plan.items;
    const critical = new Set(path);
    return plan.items.map((item) =>
      item.critical === critical.has(item.id) ? item : { ...item, critical: critical.has(item.id) },
    );
  }, [plan.items, path]);
}

/** What the pointer and the keys do to the draft. The object stays the same, so that rows need not be drawn anew. */
function useGanttActions(desk: Desk): GanttActions {
  const now = useRef(desk);
  now.current = desk;
  return useMemo(() => {
    const find = (id: string) => now.current.plan.items.find((item) => item.id === id) as PlanItem;
    const refuse = (item: PlanItem) => {
      if (isMovable(item)) return false;
      now.current.announce(t.notMovable(item.title));
      return true;
    };
    return {
      open: (id) => now.current.open(id),
      isMovable: (id) => isMovable(find(id)),
      shift: (id, by) => {
        const { draft, spanOf, why, announce } = now.current;
        const item = find(id);
        if (refuse(item)) return;
        const change = shiftedBy(item, spanOf(item), by, why);
        draft.propose(change, item);
        if ('start' in change) announce(t.startsNow(item.title, longDay(change.start)));
      },
      lengthen: (id, by) => {
        const { draft, spanOf, why, announce } = now.current;
        const item = find(id);
        if (refuse(item)) return;
        const change = lengthenedBy(item, spanOf(item), by, why);
        if (!change) return announce(t.noLength(item.title));
        draft.propose(change, item);
        if ('workingDays' in change) announce(t.takesNow(item.title, change.workingDays));
      },
      grab: (id, edge) => {
        const { spanOf, why, draft } = now.current;
        const item = find(id);
        const from = spanOf(item);
        const { depth } = draft;
        return (by) => now.current.draft.propose(draggedBy(item, from, by, edge, why), item, depth);
      },
      pin: (id) => {
        const { draft, announce } = now.current;
        const item = find(id);
        const asked = draft.changes.find((one) => 'pinned' in one && one.item === id);
        const pinned = !(asked && 'pinned' in asked ? asked.pinned : item.pinned);
        draft.propose({ item: id, pinned }, item);
        announce(pinned ? t.pinnedNow(item.title) : t.unpinnedNow(item.title));
      },
      cancel: () => {
        const { draft, announce, open } = now.current;
        if (draft.changes.length > 0) {
          draft.clear();
          announce(t.cancelled);
        } else open(undefined);
      },
      undo: () => {
        const { draft, announce } = now.current;
        if (draft.changes.length === 0) void draft.undoLast();
        else {
          draft.stepBack();
          announce(t.steppedBack);
        }
      },
    };
  }, []);
}

function Legend({ show }: { show: { critical: boolean; baseline: boolean } }) {
  return (
    <div className={s.legend} aria-hidden>
      <span>
        <i data-key="progress" /> {t.legend.progress}
      </span>
      {show.critical && (
        <span>
          <i data-key="critical" /> {t.legend.critical}
        </span>
      )}
      {show.baseline && (
        <span>
          <i data-key="baseline" /> {t.legend.baseline}
        </span>
      )}
      <span>
        <i data-key="milestone" /> {t.legend.milestone}
      </span>
      <span>
        <i data-key="meeting" /> {t.legend.meeting}
      </span>
      <span>
        <i data-key="closed" /> {t.legend.closed}
      </span>
      <span className={s.legendKeys}>{t.legend.keys}</span>
    </div>
  );
}
