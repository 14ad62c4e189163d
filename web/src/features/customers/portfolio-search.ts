export const portfolioViews = ['all', 'mine', 'onboarding', 'live', 'renewing', 'silent'] as const;
export type PortfolioView = (typeof portfolioViews)[number];

export interface PortfolioSearch {
  view?: PortfolioView;
  q?: string;
  stage?: string;
  plan?: string;
  /** The id of the person who owns the customer. */
  owner?: string;
  /** `column.asc` or `column.desc`. */
  sort?: string;
  /** The columns that are left out, with commas between them. */
  hide?: string;
  /** Rows close together. */
  dense?: true;
  /** The id of the saved view that this address began as. */
  saved?: string;
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
  owner: text(search.owner),
  sort: text(search.sort),
  hide: text(search.hide),
  dense: search.dense === true || search.dense === 'true' ? true : undefined,
  saved: text(search.saved),
  new: search.new === true ? true : undefined,
});
