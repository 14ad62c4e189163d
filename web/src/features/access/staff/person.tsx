import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { customersQuery } from '@/api/customers';
import { sessionQuery } from '@/api/session';
import { day, instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/settings';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card, Face, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { endAccess, type Invited, inviteAgain, letIn, personQuery, type StaffMember } from './api';
import { InvitedDialog } from './invited-dialog';
import { OpenSessions } from './open-sessions';
import { reachWords, stateTones } from './people';
import s from './settings.module.css';

const PersonDialog = lazy(() => import('./person-dialog'));
const route = getRouteApi('/inside/settings/people/$id');
const t = texts.person;

export default function Person() {
  const { id } = route.useParams();
  const { data: person } = useSuspenseQuery(personQuery(id));
  const { data: me } = useQuery(sessionQuery);
  const isAdmin = me?.role === 'Admin';
  return (
    <>
      <div className={s.personHead}>
        <Face name={person.name} size={44} />
        <div className={s.personText}>
          <h2 className={s.personName}>{person.name}</h2>
          <Pill tone={stateTones[person.status]} dot plain ink>
            {texts.states[person.status]}
          </Pill>
        </div>
        {isAdmin && <Actions person={person} />}
      </div>
      {isAdmin && person.status === 'invited' && (
        <Notice tone="info">
          {person.invitedUntil ? t.invitedUntil(instant(person.invitedUntil)) : t.invitedOver}
        </Notice>
      )}
      <div className={s.columns}>
        <Account person={person} />
        {isAdmin && person.status === 'active' && <OpenSessions person={person.id} />}
      </div>
    </>
  );
}

function Account({ person }: { person: StaffMember }) {
  const { data: customers } = useQuery({ ...customersQuery(), enabled: person.reach === 'named' });
  const names = (person.customers ?? []).map(
    (id) => customers?.items.find((one) => one.id === id)?.name ?? id,
  );
  const rows: [string, React.ReactNode][] = [
    [t.email, person.email],
    [t.role, `${person.role}: ${texts.roles[person.role]?.toLowerCase()}`],
    [t.jobs, person.jobRoles.map((job) => texts.jobs[job] ?? job).join(', ') || t.none],
    [t.since, day(person.createdAt)],
  ];
  if (person.reach) {
    rows.push([t.reach, person.reach === 'named' ? names.join(', ') : reachWords(person)]);
    rows.push([t.seen, person.lastSeenAt ? instant(person.lastSeenAt) : texts.people.never]);
  }
  return (
    <Card title={t.facts}>
      <Facts rows={rows} />
    </Card>
  );
}

function Actions({ person }: { person: StaffMember }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [ending, setEnding] = useState(false);
  const [invited, setInvited] = useState<Invited>();
  const refresh = () => client.invalidateQueries({ queryKey: ['people'] });
  const back = useMutation({
    mutationFn: () => letIn(person.id),
    onSuccess: async () => {
      await refresh();
      await toast(t.isIn(person.name));
    },
    onError: (error) => toast(error.message, { bad: true }),
  });
  const again = useMutation({
    mutationFn: () => inviteAgain(person.id),
    onSuccess: async (made) => {
      await refresh();
      setInvited(made);
    },
    onError: (error) => toast(error.message, { bad: true }),
  });
  return (
    <div className={s.actions}>
      {person.status === 'invited' && (
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t.again}
        </Button>
      )}
      <Button variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
        {t.edit}
      </Button>
      {person.status === 'deactivated' ? (
        <Button variant="default" loading={back.isPending} onClick={() => back.mutate()}>
          {t.letIn}
        </Button>
      ) : (
        <Button variant="default" c="red" onClick={() => setEnding(true)}>
          {t.end}
        </Button>
      )}
      {editing && (
        <Suspense>
          <PersonDialog person={person} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {invited && <InvitedDialog invited={invited} onClose={() => setInvited(undefined)} />}
      <EndDialog person={person} open={ending} onClose={() => setEnding(false)} />
    </div>
  );
}

/** Asks first, because it ends what the person is doing just now. */
function EndDialog({ person, open, onClose }: { person: StaffMember; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endAccess(person.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['people'] });
      onClose();
      await toast(t.ended(person.name), {
        undo: async () => {
          await letIn(person.id);
          await client.invalidateQueries({ queryKey: ['people'] });
        },
      });
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={t.endTitle(person.name)}>
      <p className={ui.formText}>{t.endText}</p>
      {end.error && <Notice tone="bad">{end.error.message}</Notice>}
      <DialogFoot>
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button color="red" loading={end.isPending} onClick={() => end.mutate()}>
          {t.end}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
