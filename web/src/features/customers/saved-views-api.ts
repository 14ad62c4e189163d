import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';
import { type PortfolioSearch, portfolioSearch } from './portfolio-search';

export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  search: Record<string, string>;
  owner: string;
  version: number;
}
export type ViewChange = Partial<Pick<SavedView, 'name' | 'shared' | 'search'>>;

const home = '/v1/saved-views';

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async ({ signal }) =>
    (await json<Page<SavedView>>('GET', home, { query: { screen: 'portfolio' }, signal })).items,
  staleTime: 60_000,
});

export const addView = (view: ViewChange) => json<SavedView>('POST', home, { body: view });
export const changeView = (view: SavedView, change: ViewChange) =>
  json<SavedView>('PATCH', `${home}/${view.id}`, { body: change, ifMatch: view.version });
export const removeView = (view: SavedView) =>
  json<void>('DELETE', `${home}/${view.id}`, { ifMatch: view.version });

/** The address of a view, and which view it is, so that a change of it can be saved. */
export const searchOf = (view: SavedView): PortfolioSearch => ({
  ...portfolioSearch(view.search),
  saved: view.id,
});

/** What of an address a view keeps: not which view it is, and no open window. */
export function keptOf({ new: _, saved: __, ...search }: PortfolioSearch): Record<string, string> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

export const isChanged = (view: SavedView, search: PortfolioSearch) => {
  const [saved, now] = [keptOf(searchOf(view)), keptOf(search)];
  return [...new Set([...Object.keys(saved), ...Object.keys(now)])].some((name) => saved[name] !== now[name]);
};
