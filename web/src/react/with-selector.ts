import { useRef, useSyncExternalStore } from 'preact/compat';

/** What stands for `use-sync-external-store/shim/with-selector`, whose own form (CommonJS) asks for React. */
export function useSyncExternalStoreWithSelector<Snapshot, Selection>(
  subscribe: (changed: () => void) => () => void,
  getSnapshot: () => Snapshot,
  _getServerSnapshot: (() => Snapshot) | undefined | null,
  select: (snapshot: Snapshot) => Selection,
  isEqual: (a: Selection, b: Selection) => boolean = Object.is,
): Selection {
  const last = useRef<{ snapshot: Snapshot; select: typeof select; selection: Selection } | null>(null);
  // An equal selection is the one before it, so that nothing is drawn anew.
  return useSyncExternalStore(subscribe, () => {
    const snapshot = getSnapshot();
    const before = last.current;
    if (before && before.select === select && Object.is(before.snapshot, snapshot)) return before.selection;
    const selection = select(snapshot);
    const kept = before && isEqual(before.selection, selection) ? before.selection : selection;
    last.current = { snapshot, select, selection: kept };
    return kept;
  });
}
