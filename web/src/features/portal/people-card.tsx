import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconDots,
  IconEye,
  IconMail,
  IconPencil,
  IconPlus,
  IconUserOff,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { day, instant } from '@/lib/format';
import { texts } from '@/texts/customer-portal';
import { portalRoles } from '@/texts/portal';
import { Notice } from '@/ui/notice';
import { Card, Empty, Pill } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import { toast } from '@/ui/toast';
import { inviteAgain, type PortalPerson, peopleQuery, revokeInvitation, setAccess } from './api';
import { EditDialog } from './edit-dialog';
import { InviteDialog, LinkDialog } from './invite-dialog';
import { SeeAsDialog } from './see-as-dialog';

const t = texts.people;
const tones = { active: 'ok', invited: 'info', deactivated: 'mute' } as const;

/** What is open over the list. */
type Open =
  | { what: 'edit' | 'see-as'; person: PortalPerson }
  | { what: 'invite' }
  | { what: 'link'; name: string; link: string };

export function PeopleCard({ customer, contact }: { customer: string; contact?: string }) {
  const { data, error } = useQuery(peopleQuery(customer));
  const [open, setOpen] = useState<Open | undefined>(contact ? { what: 'invite' } : undefined);
  // A dialog reports its closing after the next one has been opened, which must stay.
  const close = (what: Open['what']) => () => setOpen((now) => (now?.what === what ? undefined : now));
  const invite = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => setOpen({ what: 'invite' })}>
      {t.invite}
    </Button>
  );
  return (
    <Card title={t.title} sub={t.sub} right={data && data.items.length > 0 ? invite : undefined} pad={false}>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <div aria-busy="true" style={{ minHeight: 160 }} />}
      {data?.items.length === 0 && (
        <Empty icon={<IconUsers size={24} stroke={1.6} />} title={t.emptyTitle} actions={invite}>
          {t.empty}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <Rows
          customer={customer}
          people={data.items}
          onOpen={setOpen}
          onLink={(name, link) => setOpen({ what: 'link', name, link })}
        />
      )}
      <InviteDialog
        customer={customer}
        contact={contact}
        open={open?.what === 'invite'}
        onClose={close('invite')}
        onLink={(name, link) => setOpen({ what: 'link', name, link })}
      />
      <LinkDialog shown={open?.what === 'link' ? open : undefined} onClose={close('link')} />
      <EditDialog
        customer={customer}
        person={open?.what === 'edit' ? open.person : undefined}
        onClose={close('edit')}
      />
      <SeeAsDialog
        customer={customer}
        person={open?.what === 'see-as' ? open.person : undefined}
        onClose={close('see-as')}
      />
    </Card>
  );
}

function Rows(props: {
  customer: string;
  people: PortalPerson[];
  onOpen: (open: Open) => void;
  onLink: (name: string, link: string) => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.roles}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col" className={table.low}>
              {t.columns.seen}
            </th>
            <th scope="col">
              <span className="sr">{t.actions('')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.people.map((person) => (
            <tr key={person.id}>
              <td>
                <span className={table.rowLink}>{person.name}</span>
                <div className={table.muted}>{person.email}</div>
              </td>
              <td>{person.roles.map((role) => portalRoles[role] ?? role).join(', ')}</td>
              <td>
                <Pill tone={tones[person.status]} dot plain ink>
                  {texts.states[person.status]}
                </Pill>
                {person.status === 'invited' && <div className={table.muted}>{stateOf(person)}</div>}
              </td>
              <td className={`${table.low} ${table.nowrap}`}>
                {person.lastSeenAt ? instant(person.lastSeenAt) : t.never}
              </td>
              <td className={table.right}>
                <Actions {...props} person={person} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function stateOf({ invitation }: PortalPerson) {
  if (invitation?.state === 'pending') return t.pending(day(invitation.expiresAt));
  return invitation?.state === 'expired' ? t.expired : t.revoked;
}

function Actions(props: {
  customer: string;
  person: PortalPerson;
  onOpen: (open: Open) => void;
  onLink: (name: string, link: string) => void;
}) {
  const { customer, person } = props;
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: () => Promise<void>) => what(),
    onSettled: () => client.invalidateQueries(peopleQuery(customer)),
    onError: (error) => toast(error.message, { bad: true }),
  });
  const access = (hasAccess: boolean) => async () => {
    await setAccess(customer, person, hasAccess);
    await toast(hasAccess ? t.given(person.name) : t.ended(person.name), {
      undo: () => act.mutate(access(!hasAccess)),
    });
  };
  const resend = async () => {
    const invited = await inviteAgain(customer, person);
    if (invited.link) props.onLink(person.name, invited.link);
    else await toast(t.sent(person.email));
  };
  const revoke = async () => {
    await revokeInvitation(customer, person);
    await toast(t.revokedDone(person.name));
  };
  const icon = { size: 15, stroke: 1.7 };
  const isGone = person.status === 'deactivated';
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={t.actions(person.name)} loading={act.isPending}>
          <IconDots size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isGone && (
          <>
            <Menu.Item
              leftSection={<IconEye {...icon} />}
              onClick={() => props.onOpen({ what: 'see-as', person })}
            >
              {t.seeAs}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPencil {...icon} />}
              onClick={() => props.onOpen({ what: 'edit', person })}
            >
              {t.edit}
            </Menu.Item>
          </>
        )}
        {!isGone && (
          <Menu.Item leftSection={<IconMail {...icon} />} onClick={() => act.mutate(resend)}>
            {person.status === 'invited' ? t.resend : t.newLink}
          </Menu.Item>
        )}
        {person.status === 'invited' && person.invitation?.state === 'pending' && (
          <Menu.Item leftSection={<IconX {...icon} />} onClick={() => act.mutate(revoke)}>
            {t.revoke}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconUserOff {...icon} />} onClick={() => act.mutate(access(isGone))}>
          {isGone ? t.reactivate : t.deactivate}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
