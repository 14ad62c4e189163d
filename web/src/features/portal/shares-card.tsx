import { Checkbox, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { day } from '@/lib/format';
import { texts } from '@/texts/customer-portal';
import { portalRoles } from '@/texts/portal';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import { type Share, type Shares, share, sharesQuery, withdraw } from './api';
import s from './portal.module.css';

const t = texts.shares;

/** What of the customer's record its people see. Each change takes effect at once and can be undone. */
export function SharesCard({ customer }: { customer: string }) {
  const { data, error } = useQuery(sharesQuery(customer));
  const set = useSetShare(customer);
  return (
    <Card title={t.title} sub={t.sub}>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <div aria-busy="true" style={{ minHeight: 240 }} />}
      <ul className={s.kinds}>
        {data?.offered.map((offer) => {
          const words = texts.kinds[offer.kind] ?? { title: offer.kind, text: '' };
          const every = data.shares.find((one) => one.kind === offer.kind && one.record === '*');
          return (
            <li key={offer.kind}>
              <Setting
                name={words.title}
                text={words.text}
                standing={every}
                onSet={(roles) => set({ kind: offer.kind, record: '*', name: words.title, roles })}
              />
              {offer.records.length > 0 && !every && (
                <details className={s.single} open={data.shares.some((one) => one.kind === offer.kind)}>
                  <summary>{t.single}</summary>
                  <ul>
                    {offer.records.map(({ record, title }) => (
                      <li key={record}>
                        <Setting
                          name={title}
                          standing={data.shares.find(
                            (one) => one.kind === offer.kind && one.record === record,
                          )}
                          onSet={(roles) => set({ kind: offer.kind, record, name: t.one(title), roles })}
                        />
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

interface Wanted {
  kind: string;
  record: string;
  name: string;
  /** For whom; undefined for nobody, empty for all. */
  roles?: string[];
}

/** Shares or hides, shows it at once, and offers the way back. */
function useSetShare(customer: string) {
  const client = useQueryClient();
  const { queryKey } = sharesQuery(customer);
  const standingOf = ({ kind, record }: Wanted) =>
    client.getQueryData(queryKey)?.shares.find((one) => one.kind === kind && one.record === record);
  const mutation = useMutation({
    mutationFn: async (wanted: Wanted & { standing?: Share }) => {
      if (wanted.roles) await share(customer, wanted.kind, wanted.record, wanted.roles);
      else if (wanted.standing) await withdraw(customer, wanted.standing.id);
    },
    onMutate: async (wanted) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (before) => before && laid(before, wanted));
    },
    onError: (error) => toast(error.message, { bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return function set(wanted: Wanted) {
    const standing = standingOf(wanted);
    mutation.mutate(
      { ...wanted, standing },
      {
        onSuccess: () =>
          toast(wanted.roles ? t.shared(wanted.name) : t.hidden(wanted.name), {
            undo: () => set({ ...wanted, roles: standing?.roles }),
          }),
      },
    );
  };
}

function laid(before: Shares, { kind, record, roles }: Wanted): Shares {
  const others = before.shares.filter((one) => one.kind !== kind || one.record !== record);
  const standing = before.shares.find((one) => one.kind === kind && one.record === record);
  const made = { id: '', kind, record, sharedAt: new Date().toISOString(), sharedBy: '' };
  return { ...before, shares: roles ? [...others, { ...made, ...standing, roles }] : others };
}

function Setting(props: {
  name: string;
  text?: string;
  standing?: Share;
  onSet: (roles: string[] | undefined) => void;
}) {
  const { standing, name } = props;
  // Choosing "some roles" shares nothing yet: the first role that is ticked does.
  const [isChoosing, setChoosing] = useState(false);
  const isSome = isChoosing || (standing?.roles.length ?? 0) > 0;
  const choice = isSome ? 'some' : standing ? 'all' : 'none';
  return (
    <div className={s.setting}>
      <div className={s.words}>
        <strong>{name}</strong>
        {props.text && <span>{props.text}</span>}
        {standing?.sharedBy && <span>{t.since(day(standing.sharedAt), standing.sharedBy)}</span>}
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t.for(name)}
        value={choice}
        data={[
          { value: 'none', label: t.nobody },
          { value: 'all', label: t.everybody },
          { value: 'some', label: t.some },
        ]}
        onChange={(chosen) => {
          setChoosing(chosen === 'some');
          if (chosen === 'all') props.onSet([]);
          if (chosen === 'none' && standing) props.onSet(undefined);
        }}
      />
      {isSome && (
        <Checkbox.Group
          className={s.roles}
          aria-label={t.rolesOf(name)}
          value={standing?.roles ?? []}
          onChange={(roles) => {
            setChoosing(roles.length === 0);
            props.onSet(roles.length > 0 ? roles : undefined);
          }}
        >
          {Object.entries(portalRoles).map(([role, title]) => (
            <Checkbox key={role} size="xs" value={role} label={title} />
          ))}
        </Checkbox.Group>
      )}
    </div>
  );
}
