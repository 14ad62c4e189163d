import { instantText, text } from '@/lib/search';

export interface EntitiesSearch {
  type?: string;
  q?: string;
}

export const entitiesSearch = (search: Record<string, unknown>): EntitiesSearch => ({
  type: text(search.type),
  q: text(search.q),
});

export interface EntitySearch {
  /** The event time as of which the state is shown; none for now. */
  as_of?: string;
  /** The field whose curve is drawn. */
  field?: string;
}

export const entitySearch = (search: Record<string, unknown>): EntitySearch => ({
  as_of: instantText(search.as_of),
  field: text(search.field),
});
