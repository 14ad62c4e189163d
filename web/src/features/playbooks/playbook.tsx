import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { playbookQuery } from '@/api/playbooks';
import { texts } from '@/texts/playbooks';
import { Notice } from '@/ui/notice';
import { PageHead, Pill } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './playbook.module.css';
import { playbookViews } from './playbook-search';
import { Read } from './read';
import { kindText } from './words';

const route = getRouteApi('/inside/playbooks/$playbook');
const t = texts.playbook;
const Source = lazy(() => import('./source'));
const Versions = lazy(() => import('./versions'));

/** One playbook: to read, as its source, and in its versions. */
export default function PlaybookPage() {
  const { playbook: id } = route.useParams();
  const search = route.useSearch();
  const { data: playbook } = useSuspenseQuery(playbookQuery(id, search.version));
  const view = search.view ?? 'read';
  return (
    <div className={ui.page}>
      <nav className={`${s.crumbs} no-print`} aria-label={t.crumbs}>
        <Link to="/playbooks">{texts.library.title}</Link> <span aria-hidden>/</span>{' '}
        <span>{playbook.title}</span>
      </nav>
      <PageHead
        title={playbook.title}
        sub={
          <span className={s.facts}>
            <span>{kindText(playbook.kind)}</span>
            <Pill tone={playbook.source === 'shipped' ? 'mute' : 'info'}>
              {texts.sources[playbook.source]}
            </Pill>
            <span>{texts.version(playbook.version)}</span>
            {playbook.faults > 0 && (
              <Pill tone="bad" dot>
                {texts.library.faults(playbook.faults)}
              </Pill>
            )}
          </span>
        }
      />
      {search.version !== undefined && (
        <Notice tone="info">
          {t.olderVersion(search.version)}{' '}
          <Link
            to="/playbooks/$playbook"
            params={{ playbook: id }}
            search={{ view: search.view }}
            className={s.link}
          >
            {t.toNewest}
          </Link>
        </Notice>
      )}
      <nav className={`${ui.views} ${s.views} no-print`} aria-label={t.viewsLabel}>
        {playbookViews.map((one) => (
          <Link
            key={one}
            to="/playbooks/$playbook"
            params={{ playbook: id }}
            search={(before) => ({ version: before.version, view: one === 'read' ? undefined : one })}
            className={ui.view}
            data-active={view === one}
            aria-current={view === one ? 'true' : undefined}
          >
            {t.views[one]}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<div aria-busy="true" role="status" aria-label={texts.loading} />}>
        {view === 'read' && <Read playbook={playbook} />}
        {view === 'source' && <Source key={`${playbook.id}/${playbook.version}`} playbook={playbook} />}
        {view === 'versions' && <Versions playbook={playbook} from={search.from} to={search.version} />}
      </Suspense>
    </div>
  );
}
