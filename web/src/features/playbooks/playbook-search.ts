import { oneOf, text } from '@/lib/search';

export const playbookViews = ['read', 'source', 'versions'] as const;
export type PlaybookView = (typeof playbookViews)[number];

export interface PlaybookSearch {
  view?: PlaybookView;
  version?: number;
  /** The version that is compared with. */
  from?: number;
  /** The phase that is read. */
  phase?: string;
}

const whole = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

/** Reads the address; whatever it does not know it leaves out, so that an old link still opens. */
export const playbookSearch = (search: Record<string, unknown>): PlaybookSearch => ({
  view: oneOf(playbookViews)(search.view === 'read' ? undefined : search.view),
  version: whole(search.version),
  from: whole(search.from),
  phase: text(search.phase),
});
