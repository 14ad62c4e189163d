import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';

const at = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`;
const mostPeople = 200;

export interface PortalPerson {
  id: string;
  name: string;
  email: string;
  roles: string[];
  status: 'invited' | 'active' | 'deactivated';
  invitation: { state: 'pending' | 'accepted' | 'revoked' | 'expired'; expiresAt: string } | null;
  lastSeenAt?: string | null;
  version: number;
}

export interface Invited {
  person: PortalPerson;
  isMailed: boolean;
  /** The path of the link, this once, where no mail leaves. */
  link: string | null;
}

export interface Share {
  id: string;
  kind: string;
  record: string;
  roles: string[];
  sharedAt: string;
  sharedBy: string;
}

export interface Shares {
  shares: Share[];
  offered: {
    kind: string;
    hasEvery: boolean;
    records: { record: string; title: string; detail: string | null }[];
  }[];
}

export interface NewPerson {
  name: string;
  email: string;
  roles: string[];
}

export const peopleQuery = (customer: string) =>
  queryOptions({
    queryKey: ['portal-people', customer],
    queryFn: ({ signal }) =>
      json<Page<PortalPerson>>('GET', `${at(customer)}/portal-people`, {
        signal,
        query: { limit: mostPeople },
      }),
  });

export const sharesQuery = (customer: string) =>
  queryOptions({
    queryKey: ['shares', customer],
    queryFn: ({ signal }) => json<Shares>('GET', `${at(customer)}/shares`, { signal }),
  });

/** One of the customer's contacts, as far as an invitation takes from them. */
export interface Candidate {
  id: string;
  name: string;
  email: string | null;
  roles: string[];
}

export const candidatesQuery = (customer: string) =>
  queryOptions({
    queryKey: ['portal-candidates', customer],
    queryFn: async ({ signal }) =>
      (
        await json<Page<Candidate>>('GET', `${at(customer)}/contacts`, {
          signal,
          query: { limit: mostPeople },
        })
      ).items.filter((contact) => contact.email),
  });

export const invite = (customer: string, person: NewPerson) =>
  json<Invited>('POST', `${at(customer)}/portal-people`, { body: person });

const one = (customer: string, person: PortalPerson) => `${at(customer)}/portal-people/${person.id}`;

export const inviteAgain = (customer: string, person: PortalPerson) =>
  json<Invited>('POST', `${one(customer, person)}/invitations`);

export const revokeInvitation = (customer: string, person: PortalPerson) =>
  json<void>('DELETE', `${one(customer, person)}/invitations`);

export const setAccess = (customer: string, person: PortalPerson, hasAccess: boolean) =>
  json<PortalPerson>(hasAccess ? 'DELETE' : 'PUT', `${one(customer, person)}/deactivation`);

export const changePerson = (
  customer: string,
  person: PortalPerson,
  change: { name: string; roles: string[] },
) => json<PortalPerson>('PATCH', one(customer, person), { body: change, ifMatch: person.version });

/** The path of a look through this person's eyes; the portal's tab takes id and customer with it, to end it by. */
export async function seeAs(customer: string, person: PortalPerson) {
  const view = await json<{ id: string; path: string }>('POST', `${one(customer, person)}/views`);
  return `${view.path}&${view.id}&${customer}`;
}

export const share = (customer: string, kind: string, record: string, roles: string[]) =>
  json<Share>('POST', `${at(customer)}/shares`, { body: { kind, record, roles } });

export const withdraw = (customer: string, id: string) =>
  json<void>('DELETE', `${at(customer)}/shares/${id}`);
