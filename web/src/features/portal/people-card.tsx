import { Button } from '@mantine/core';
import { IconChevronRight, IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts } from '@/texts/customer-portal';
import { portalRoles } from '@/texts/portal';
import { Notice } from '@/ui/notice';
import { Card, Empty, Face, Pill } from '@/ui/primitives';
import { type PortalPerson, peopleQuery } from './api';
import { EditDialog } from './edit-dialog';
import { InviteDialog, LinkDialog } from './invite-dialog';
import { PersonDialog, stateOf } from './person-dialog';
import s from './portal.module.css';
import { SeeAsDialog } from './see-as-dialog';

const t = texts.people;
const tones = { active: 'ok', invited: 'info', deactivated: 'mute' } as const;

/** What is open over the list. A person is kept by id, so that what is shown follows what is done. */
export type Open =
  | { what: 'person' | 'edit' | 'see-as'; id: string }
  | { what: 'invite' }
  | { what: 'link'; name: string; link: string };

export function PeopleCard({ customer, contact }: { customer: string; contact?: string }) {
  const { data, error } = useQuery(peopleQuery(customer));
  const [open, setOpen] = useState<Open | undefined>(contact ? { what: 'invite' } : undefined);
  // A dialog reports its closing after the next one has been opened, which must stay.
  const close = (what: Open['what']) => () => setOpen((now) => (now?.what === what ? undefined : now));
  const personOf = (what: Open['what']) =>
    open?.what === what && 'id' in open ? data?.items.find((one) => one.id === open.id) : undefined;
  const onLink = (name: string, link: string) => setOpen({ what: 'link', name, link });
  const invite = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setOpen({ what: 'invite' })}>
      {t.invite}
    </Button>
  );
  return (
    <Card title={t.title} sub={t.sub} right={data && data.items.length > 0 ? invite : undefined}>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <div aria-busy="true" style={{ minHeight: 160 }} />}
      {data?.items.length === 0 && (
        <Empty icon={<IconUsers size={24} stroke={1.6} />} title={t.emptyTitle} actions={invite}>
          {t.empty}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ul className={s.people} aria-label={t.list}>
          {data.items.map((person) => (
            <li key={person.id}>
              <Row person={person} onOpen={() => setOpen({ what: 'person', id: person.id })} />
            </li>
          ))}
        </ul>
      )}
      <InviteDialog
        customer={customer}
        contact={contact}
        open={open?.what === 'invite'}
        onClose={close('invite')}
        onLink={onLink}
      />
      <LinkDialog shown={open?.what === 'link' ? open : undefined} onClose={close('link')} />
      <PersonDialog
        customer={customer}
        person={personOf('person')}
        onClose={close('person')}
        onOpen={setOpen}
        onLink={onLink}
      />
      <EditDialog customer={customer} person={personOf('edit')} onClose={close('edit')} />
      <SeeAsDialog customer={customer} person={personOf('see-as')} onClose={close('see-as')} />
    </Card>
  );
}

function Row({ person, onOpen }: { person: PortalPerson; onOpen: () => void }) {
  return (
    <button type="button" className={s.person} onClick={onOpen}>
      <Face name={person.name} size={32} />
      <span className={s.who}>
        <strong>{person.name}</strong>
        <span>{person.email}</span>
      </span>
      <span className={s.what}>{person.roles.map((role) => portalRoles[role] ?? role).join(', ')}</span>
      <span className={s.what}>
        <Pill tone={tones[person.status]} dot plain ink>
          {texts.states[person.status]}
        </Pill>
        {person.status === 'invited' && <span>{stateOf(person)}</span>}
      </span>
      <IconChevronRight size={16} stroke={1.7} aria-hidden />
    </button>
  );
}
