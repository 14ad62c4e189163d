import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/sign-in';
import { Notice } from '@/ui/notice';
import { PageHead } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './sign-in.module.css';
import { securityQuery } from './sign-in-api';
import { IdentitiesCard } from './sign-in-identities-card';
import { PasskeysCard } from './sign-in-passkeys-card';
import { RecoveryCard, TotpCard } from './sign-in-totp';
import { PasswordCard } from './staff/account-cards';
import { OpenSessions } from './staff/open-sessions';

const route = getRouteApi('/inside/account');
const t = texts.account;
const { singleSignOn } = texts;

/** How the signed-in person signs in. */
export default function Account() {
  const { data: person } = useQuery(sessionQuery);
  const { problem } = route.useSearch();
  const { data: security, error } = useQuery(securityQuery);
  return (
    <div className={ui.page}>
      <PageHead title={t.title} sub={person && t.sub(person.email)} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {problem && <Notice tone="bad">{singleSignOn.problems[problem] ?? singleSignOn.problem}</Notice>}
      {security && (
        <div className={s.cards}>
          {security.isSecondFactorDemanded && <Notice tone="info">{t.demanded}</Notice>}
          <TotpCard security={security} />
          <PasskeysCard security={security} />
          {(security.totpSince !== null || security.passkeys.length > 0) && (
            <RecoveryCard security={security} />
          )}
          <IdentitiesCard security={security} />
          <PasswordCard />
          <OpenSessions />
        </div>
      )}
    </div>
  );
}
