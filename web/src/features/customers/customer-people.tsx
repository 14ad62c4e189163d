import { ActionIcon, Button } from '@mantine/core';
import { IconMail, IconPencil, IconPhone, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { day } from '@/lib/format';
import { jobText, roleText, texts } from '@/texts/customer-page';
import { Notice } from '@/ui/notice';
import { Card, Empty, Face, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './people.module.css';
import {
  type Contact,
  contactsQuery,
  removeContact,
  removeMember,
  restoreContact,
  restoreMember,
  type TeamMember,
  teamQuery,
} from './people-api';

const ContactDialog = lazy(() => import('./contact-dialog'));
const TeamDialog = lazy(() => import('./team-dialog'));
const route = getRouteApi('/inside/customers/$id');
const icon = { size: 15, stroke: 1.7 } as const;

/** The people on both sides: the customer's contacts and our team. */
export default function CustomerPeople() {
  const { id } = route.useParams();
  return (
    <div className={`${ui.stack} ${s.page}`}>
      <Contacts customer={id} />
      <Team customer={id} />
    </div>
  );
}

function Contacts({ customer }: { customer: string }) {
  const t = texts.contacts;
  const { data } = useSuspenseQuery(contactsQuery(customer));
  const [open, setOpen] = useState<Contact | 'new'>();
  const client = useQueryClient();
  const remove = async (contact: Contact) => {
    const { queryKey } = contactsQuery(customer);
    client.setQueryData(queryKey, (all) => all?.filter((one) => one.id !== contact.id));
    try {
      await removeContact(customer, contact);
      const undo = async () => {
        await restoreContact(customer, contact.id);
        await client.invalidateQueries({ queryKey });
        await toast(t.restored(contact.name));
      };
      await toast(t.removed(contact.name), { undo });
    } catch (error) {
      await client.invalidateQueries({ queryKey });
      await toast(error instanceof Error ? error.message : '', { bad: true });
    }
  };
  const add = (
    <Button variant="default" leftSection={<IconPlus {...icon} />} onClick={() => setOpen('new')}>
      {t.add}
    </Button>
  );
  return (
    <div id="contacts">
      <Card title={t.title} sub={t.sub} right={data.length > 0 && add} pad={false}>
        {data.length === 0 ? (
          <Empty icon={<IconUsers size={24} stroke={1.6} />} title={t.emptyTitle} actions={add}>
            {t.empty}
          </Empty>
        ) : (
          <ul className={s.list}>
            {[...data]
              .sort((left, right) => Number(right.primary) - Number(left.primary))
              .map((contact) => (
                <PersonRow
                  key={contact.id}
                  name={contact.name}
                  mark={contact.primary && <Pill tone="accent">{t.primary}</Pill>}
                  note={contact.title}
                  onChange={() => setOpen(contact)}
                  onRemove={() => remove(contact)}
                  labels={[t.change(contact.name), t.remove(contact.name)]}
                  text={contact.notes}
                >
                  <span className={s.roles}>
                    {contact.roles.map((role) => (
                      <Pill key={role}>{roleText(role)}</Pill>
                    ))}
                  </span>
                  <span className={s.reach}>
                    {contact.email && (
                      <a href={`mailto:${contact.email}`}>
                        <IconMail size={14} aria-hidden /> {contact.email}
                      </a>
                    )}
                    {contact.phone && (
                      <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
                        <IconPhone size={14} aria-hidden /> {contact.phone}
                      </a>
                    )}
                  </span>
                </PersonRow>
              ))}
          </ul>
        )}
      </Card>
      {open && (
        <Suspense>
          <ContactDialog
            customer={customer}
            contact={open === 'new' ? undefined : open}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Team({ customer }: { customer: string }) {
  const t = texts.team;
  const { data, error } = useQuery(teamQuery(customer));
  const [open, setOpen] = useState<TeamMember | 'new'>();
  const [showPast, setShowPast] = useState(false);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['customers'] });
  const remove = async (member: TeamMember) => {
    client.setQueryData(teamQuery(customer).queryKey, (all) => all?.filter((one) => one.id !== member.id));
    try {
      await removeMember(customer, member);
      const undo = async () => {
        await restoreMember(customer, member.id);
        await refresh();
        await toast(t.restored(member.person.name));
      };
      await toast(t.removed(member.person.name), { undo });
    } catch (trouble) {
      await toast(trouble instanceof Error ? trouble.message : '', { bad: true });
    }
    await refresh();
  };
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return null;
  const past = data.filter((member) => member.when === 'past');
  const shown = showPast ? data : data.filter((member) => member.when !== 'past');
  const add = (
    <Button variant="default" leftSection={<IconPlus {...icon} />} onClick={() => setOpen('new')}>
      {t.add}
    </Button>
  );
  return (
    <div id="team">
      <Card title={t.title} sub={t.sub} right={data.length > 0 && add} pad={false}>
        {data.length === 0 ? (
          <Empty icon={<IconUsers size={24} stroke={1.6} />} title={t.emptyTitle} actions={add}>
            {t.empty}
          </Empty>
        ) : (
          <ul className={s.list}>
            {shown.map((member) => (
              <PersonRow
                key={member.id}
                name={member.person.name}
                mark={
                  member.when === 'past' ? (
                    <Pill>{t.past}</Pill>
                  ) : member.when === 'coming' ? (
                    <Pill tone="info">{t.coming(day(member.from))}</Pill>
                  ) : undefined
                }
                note={periodOf(member)}
                onChange={() => setOpen(member)}
                onRemove={() => remove(member)}
                labels={[t.change(member.person.name), t.remove(member.person.name)]}
              >
                <span className={s.roles}>
                  <Pill tone={member.role.startsWith('csm') ? 'accent' : 'mute'}>{jobText(member.role)}</Pill>
                </span>
              </PersonRow>
            ))}
            {past.length > 0 && !showPast && (
              <li className={s.more}>
                <Button variant="subtle" color="gray" size="xs" onClick={() => setShowPast(true)}>
                  {t.showPast(past.length)}
                </Button>
              </li>
            )}
          </ul>
        )}
      </Card>
      {open && (
        <Suspense>
          <TeamDialog
            customer={customer}
            member={open === 'new' ? undefined : open}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}

function periodOf(member: TeamMember) {
  const t = texts.team;
  if (member.until) return t.period(day(member.from), day(member.until));
  return member.when === 'coming' ? null : t.since(day(member.from));
}

function PersonRow(props: {
  name: string;
  mark?: ReactNode;
  note: ReactNode;
  text?: string | null;
  labels: [change: string, remove: string];
  onChange: () => void;
  onRemove: () => void;
  children: ReactNode;
}) {
  return (
    <li className={s.row}>
      <Face name={props.name} size={34} />
      <div className={s.who}>
        <div className={s.name}>
          {props.name} {props.mark}
        </div>
        <div className={s.note}>{props.note}</div>
      </div>
      <div className={s.facts}>{props.children}</div>
      <div className={s.actions}>
        <ActionIcon aria-label={props.labels[0]} onClick={props.onChange}>
          <IconPencil {...icon} />
        </ActionIcon>
        <ActionIcon aria-label={props.labels[1]} onClick={props.onRemove}>
          <IconTrash {...icon} />
        </ActionIcon>
      </div>
      {props.text && <p className={s.text}>{props.text}</p>}
    </li>
  );
}
