import { Link } from '@tanstack/react-router';
import { texts as t } from '@/texts/quality';
import ui from '@/ui/ui.module.css';
import { type QualitySearch, type View, views } from './quality-search';

/** The views of data quality, with the event types beside them; the period and the batch stay. */
export function QualityViews(props: { customer: string; search: QualitySearch; active: View | 'types' }) {
  const { period, from, to, batch } = props.search;
  return (
    <nav className={ui.views} aria-label={t.viewsLabel}>
      {views.map((view) => (
        <Link
          key={view}
          to="/customers/$id/quality"
          params={{ id: props.customer }}
          search={{ period, from, to, batch, view: view === 'overview' ? undefined : view }}
          className={ui.view}
          data-active={view === props.active}
          aria-current={view === props.active ? 'page' : undefined}
        >
          {t.views[view]}
        </Link>
      ))}
      <Link
        to="/customers/$id/event-types"
        params={{ id: props.customer }}
        className={ui.view}
        data-active={props.active === 'types'}
        aria-current={props.active === 'types' ? 'page' : undefined}
      >
        {t.views.types}
      </Link>
    </nav>
  );
}
