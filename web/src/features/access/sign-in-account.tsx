import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/sign-in';
import { Notice } from '@/ui/notice';
import { PageHead } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './sign-in.module.css';
import { securityQuery } from './sign-in-api';
import { RecoveryCard, TotpCard } from './sign-in-totp';

const t = texts.account;

/** How the signed-in person signs in. */
export default function Account() {
  const { data: person } = useQuery(sessionQuery);
  const { data: security, error } = useQuery(securityQuery);
  return (
    <div className={ui.page}>
      <PageHead title={t.title} sub={person && t.sub(person.email)} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {security && (
        <div className={s.cards}>
          {security.isSecondFactorDemanded && <Notice tone="info">{t.demanded}</Notice>}
          <TotpCard security={security} />
          {security.totpSince !== null && <RecoveryCard security={security} />}
        </div>
      )}
    </div>
  );
}
