import { Button } from '@mantine/core';
import {
  IconEye,
  IconMail,
  IconPencil,
  IconUserCheck,
  IconUserOff,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { day, instant } from '@/lib/format';
import { texts } from '@/texts/customer-portal';
import { portalRoles } from '@/texts/portal';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { inviteAgain, type PortalPerson, peopleQuery, revokeInvitation, setAccess } from './api';
import type { Open } from './people-card';
import s from './portal.module.css';

const t = texts.people;

interface Props {
  customer: string;
  person?: PortalPerson;
  onClose: () => void;
  onOpen: (open: Open) => void;
  onLink: (name: string, link: string) => void;
}

/** Where the invitation of somebody stands who has not come in yet. */
export function stateOf({ invitation }: PortalPerson) {
  if (invitation?.state === 'pending') return t.pending(day(invitation.expiresAt));
  return invitation?.state === 'expired' ? t.expired : t.revoked;
}

/** One person, and all that can be done about them. */
export function PersonDialog(props: Props) {
  const { person } = props;
  return (
    <Dialog side open={person !== undefined} onClose={props.onClose} title={person?.name ?? ''}>
      {person && (
        <div className={ui.stack}>
          <Facts
            rows={[
              [texts.invite.email, person.email],
              [t.columns.roles, person.roles.map((role) => portalRoles[role] ?? role).join(', ')],
              [t.columns.state, texts.states[person.status]],
              [t.invitation, person.status === 'invited' ? stateOf(person) : undefined],
              [t.columns.seen, person.lastSeenAt ? instant(person.lastSeenAt) : t.never],
            ]}
          />
          <Actions {...props} person={person} />
        </div>
      )}
    </Dialog>
  );
}

function Actions({ customer, person, onOpen, onLink }: Props & { person: PortalPerson }) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: () => Promise<void>) => what(),
    onSettled: () => client.invalidateQueries(peopleQuery(customer)),
  });
  const access = (hasAccess: boolean) => async () => {
    await setAccess(customer, person, hasAccess);
    await toast(hasAccess ? t.given(person.name) : t.ended(person.name), {
      undo: () => act.mutate(access(!hasAccess)),
    });
  };
  const resend = async () => {
    const invited = await inviteAgain(customer, person);
    if (invited.link) onLink(person.name, invited.link);
    else await toast(t.sent(person.email));
  };
  const revoke = async () => {
    await revokeInvitation(customer, person);
    await toast(t.revokedDone(person.name));
  };
  const isGone = person.status === 'deactivated';
  const isInvited = person.status === 'invited';
  const button = (Icon: TablerIcon, name: string, onClick: () => void, color?: string) => (
    <Button
      variant="default"
      c={color}
      fullWidth
      justify="start"
      size="sm"
      leftSection={<Icon size={16} stroke={1.7} />}
      disabled={act.isPending}
      onClick={onClick}
    >
      {name}
    </Button>
  );
  return (
    <div className={s.actions}>
      {act.error && <Notice tone="bad">{act.error.message}</Notice>}
      {!isGone && button(IconEye, t.seeAs, () => onOpen({ what: 'see-as', id: person.id }))}
      {!isGone && button(IconPencil, t.edit, () => onOpen({ what: 'edit', id: person.id }))}
      {!isGone && button(IconMail, isInvited ? t.resend : t.newLink, () => act.mutate(resend))}
      {isInvited &&
        person.invitation?.state === 'pending' &&
        button(IconX, t.revoke, () => act.mutate(revoke))}
      {isGone
        ? button(IconUserCheck, t.reactivate, () => act.mutate(access(true)))
        : button(IconUserOff, t.deactivate, () => act.mutate(access(false)), 'var(--bad-text)')}
    </div>
  );
}
