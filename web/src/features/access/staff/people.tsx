import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { sessionQuery } from '@/api/session';
import { instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/settings';
import { Notice } from '@/ui/notice';
import { Empty, Face, Pill, type Tone } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import ui from '@/ui/ui.module.css';
import { peopleQuery, type StaffMember } from './api';
import s from './settings.module.css';

const PersonDialog = lazy(() => import('./person-dialog'));
const t = texts.people;
export const stateTones: Record<StaffMember['status'], Tone> = {
  active: 'ok',
  invited: 'info',
  deactivated: 'mute',
};

/** Whose records somebody sees, in words. */
export const reachWords = (person: StaffMember) =>
  person.reach === 'named'
    ? t.named(person.customers?.length ?? 0)
    : person.reach && texts.reaches[person.reach]?.name;

export default function People() {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const [inviting, setInviting] = useState(false);
  const { data: me } = useQuery(sessionQuery);
  const query = useInfiniteQuery(peopleQuery(q));
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isAdmin = me?.role === 'Admin';
  return (
    <>
      <div className={ui.toolbar}>
        <TextInput
          size="xs"
          aria-label={t.search}
          placeholder={t.search}
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span className={`${ui.hint} ${s.wide}`}>{t.sub}</span>
        {isAdmin && (
          <div className={ui.spring}>
            <Button leftSection={<IconUserPlus size={15} />} onClick={() => setInviting(true)}>
              {t.invite}
            </Button>
          </div>
        )}
      </div>
      {query.error && <Notice tone="bad">{query.error.message}</Notice>}
      {query.isSuccess && people.length === 0 && (
        <Empty icon={<IconUsers size={24} stroke={1.6} />} title={t.nobodyTitle}>
          {t.nobody}
        </Empty>
      )}
      {people.length > 0 && <Rows people={people} isAdmin={isAdmin} />}
      {query.hasNextPage && (
        <div className={table.foot}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {common.more}
          </Button>
        </div>
      )}
      {inviting && (
        <Suspense>
          <PersonDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </>
  );
}

function Rows({ people, isAdmin }: { people: StaffMember[]; isAdmin: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={table.wrap} aria-label={t.list} tabIndex={0}>
      <table className={`${table.table} ${table.stack}`}>
        <thead>
          <tr>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.role}</th>
            {isAdmin && <th scope="col">{t.columns.reach}</th>}
            <th scope="col">{t.columns.state}</th>
            {isAdmin && (
              <th scope="col" className={table.low}>
                {t.columns.seen}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td data-wide>
                <div className={s.who}>
                  <Face name={person.name} size={30} />
                  <div>
                    <Link to="/settings/people/$id" params={{ id: person.id }} className={table.rowLink}>
                      {person.name}
                    </Link>
                    <div className={s.mail}>{person.email}</div>
                  </div>
                </div>
              </td>
              <td>
                {person.role}
                {person.jobRoles.length > 0 && (
                  <div className={table.muted}>
                    {person.jobRoles.map((job) => texts.jobs[job] ?? job).join(', ')}
                  </div>
                )}
              </td>
              {isAdmin && <td className={table.phoneHide}>{reachWords(person)}</td>}
              <td>
                <Pill tone={stateTones[person.status]} dot plain ink>
                  {texts.states[person.status]}
                </Pill>
              </td>
              {isAdmin && (
                <td className={`${table.low} ${table.nowrap}`}>
                  {person.lastSeenAt ? instant(person.lastSeenAt) : t.never}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
