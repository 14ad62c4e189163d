import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { texts as t } from '@/texts/settings';
import { PageHead } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './settings.module.css';

const active = { 'data-active': true };

/** The head of every page of the settings, and its sections; some are for administrators. */
export default function SettingsLayout() {
  const { data: person } = useQuery(sessionQuery);
  const link = { className: s.tab, activeProps: active } as const;
  return (
    <div className={ui.page}>
      <PageHead title={t.title} />
      <nav className={`${s.tabs} no-print`} aria-label={t.sections}>
        <Link to="/settings/people" {...link}>
          {t.tabs.people}
        </Link>
        <Link to="/settings/roles" {...link}>
          {t.tabs.roles}
        </Link>
        {person?.role === 'Admin' && (
          <>
            <Link to="/settings/keys" {...link}>
              {t.tabs.keys}
            </Link>
            <Link to="/settings/security" {...link}>
              {t.tabs.security}
            </Link>
            <Link to="/settings/sign-in" {...link}>
              {t.tabs.signIn}
            </Link>
          </>
        )}
      </nav>
      <Outlet />
    </div>
  );
}
