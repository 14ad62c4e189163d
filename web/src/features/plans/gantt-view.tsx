import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { longDay, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { type Desk, useDesk } from './desk';
import { draggedBy, isMovable, lengthenedBy, shiftedBy } from './draft';
import { Gantt } from './gantt/gantt';
import type { GanttActions } from './gantt/gantt-actions';
import type { GanttItem } from './gantt/layout';
import s from './plans.module.css';
import type { PlanSearch } from './plans-search';
import { TimelineList } from './timeline-list';
import type { PlanItem, ReflowPreview } from './types';

const t = texts.gantt;
const narrow = '(max-width: 48em)';

/** The plan over its days; on a phone as a list that reads from the first day to the last. */
export function GanttView({ search, room }: { search: PlanSearch; room: number }) {
  const desk = useDesk();
  const isNarrow = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const hidden = useMemo(() => new Set(search.hide?.split(',')), [search.hide]);
  const show = useMemo(
    () => ({
      critical: !hidden.has('critical'),
      baseline: !hidden.has('baseline'),
      links: !hidden.has('links'),
    }),
    [hidden],
  );
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
      {desk.isDragging && desk.draft.preview && <DragNote preview={desk.draft.preview} />}
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
        now.current.setDragging(true);
        return {
          tell: (by) => now.current.draft.propose(draggedBy(item, from, by, edge, why), item, depth),
          end: () => now.current.setDragging(false),
        };
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

/** What the bar in the hand would do, until it is let go and the panel says all of it. */
function DragNote({ preview }: { preview: ReflowPreview }) {
  const { before, after } = preview.goLive;
  return (
    <div className={s.dragNote}>
      <span>{texts.draft.movesCount(preview.moves.length)}</span>
      {before && after && (
        <span>
          {texts.draft.goLive} {weekdayDay(before)}
          {before !== after && <b> → {weekdayDay(after)}</b>}
        </span>
      )}
    </div>
  );
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
