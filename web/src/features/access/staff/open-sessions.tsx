import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { instant } from '@/lib/format';
import { texts } from '@/texts/settings';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import { endSession, endSessions, type OpenSession, openSessionsQuery } from './api';
import s from './settings.module.css';

const t = texts.sessions;

/** A person's open sessions, or one's own when no person is given. */
export function OpenSessions({ person }: { person?: string }) {
  const client = useQueryClient();
  const query = openSessionsQuery(person);
  const { data, error } = useQuery(query);
  const after = (message: string) => ({
    onSuccess: async () => {
      await client.invalidateQueries(query);
      await toast(message);
    },
    onError: (failure: Error) => toast(failure.message, { bad: true }),
  });
  const one = useMutation({
    mutationFn: (session: string) => endSession(session, person),
    ...after(t.ended),
  });
  const all = useMutation({ mutationFn: () => endSessions(person), ...after(t.allEnded) });
  const sessions = data?.items ?? [];
  const canEndAll = person ? sessions.length > 0 : sessions.length > 1;
  return (
    <Card
      title={t.title}
      sub={t.sub}
      pad={false}
      right={
        canEndAll && (
          <Button variant="default" size="compact-xs" loading={all.isPending} onClick={() => all.mutate()}>
            {person ? t.endAll : t.endOthers}
          </Button>
        )
      }
    >
      {error && <Notice tone="bad">{error.message}</Notice>}
      <ul className={s.sessions}>
        {data && sessions.length === 0 && <li className={s.session}>{t.none}</li>}
        {sessions.map((session) => (
          <Session key={session.id} session={session} onEnd={() => one.mutate(session.id)} />
        ))}
      </ul>
    </Card>
  );
}

function Session({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const device = session.device ?? t.unknown;
  return (
    <li className={s.session}>
      <div>
        <div className={s.device}>
          {device}
          {session.isCurrent && <Pill tone="ok">{t.current}</Pill>}
        </div>
        <div className={s.sessionNote}>
          {[session.address, t.seen(instant(session.lastSeenAt)), t.since(instant(session.createdAt))]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      {!session.isCurrent && (
        <Button variant="subtle" color="red" size="compact-xs" aria-label={t.endName(device)} onClick={onEnd}>
          {t.end}
        </Button>
      )}
    </li>
  );
}
