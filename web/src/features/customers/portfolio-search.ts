export const portfolioViews = ['all', 'onboarding', 'live', 'renewing', 'silent'] as const;
export type PortfolioView = (typeof portfolioViews)[number];

export interface PortfolioSearch {
  view?: PortfolioView;
  q?: string;
  stage?: string;
  plan?: string;
  /** `column.asc` or `column.desc`. */
  sort?: string;
  /** The form for a new customer is open. */
  new?: true;
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/** Reads the address; whatever it does not know it leaves out, so that an old link still opens. */
export const portfolioSearch = (search: Record<string, unknown>): PortfolioSearch => ({
  view: portfolioViews.find((view) => view === search.view && view !== 'all'),
  q: text(search.q),
  stage: text(search.stage),
  plan: text(search.plan),
  sort: text(search.sort),
  new: search.new === true ? true : undefined,
});
