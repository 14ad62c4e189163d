import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { TeamMember } from '@/api/people';
import type { Page } from '@/api/types';

export { type Colleague, colleaguesQuery, type TeamMember, teamQuery } from '@/api/people';

export interface Contact {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  title: string | null;
  roles: string[];
  primary: boolean;
  notes: string | null;
  version: number;
}

export type ContactChange = Partial<Omit<Contact, 'id' | 'version'>>;
export interface TeamChange {
  person?: string;
  role?: string;
  from?: string | null;
  until?: string | null;
}

/** The server keeps at most this many contacts of one customer. */
const mostContacts = 500;
const contacts = (customer: string) => `/v1/customers/${customer}/contacts`;
const team = (customer: string) => `/v1/customers/${customer}/team`;

export const contactsQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customers', 'contacts', customer],
    queryFn: async ({ signal }) => {
      const query = { limit: mostContacts };
      return (await json<Page<Contact>>('GET', contacts(customer), { query, signal })).items;
    },
  });

export const addContact = (customer: string, contact: ContactChange) =>
  json<Contact>('POST', contacts(customer), { body: contact });
export const changeContact = (customer: string, contact: Contact, change: ContactChange) =>
  json<Contact>('PATCH', `${contacts(customer)}/${contact.id}`, { body: change, ifMatch: contact.version });
export const removeContact = (customer: string, contact: Contact) =>
  json<void>('DELETE', `${contacts(customer)}/${contact.id}`, { ifMatch: contact.version });
export const restoreContact = (customer: string, id: string) =>
  json<Contact>('POST', `${contacts(customer)}/${id}/restoration`);

export const addMember = (customer: string, member: TeamChange) =>
  json<TeamMember>('POST', team(customer), { body: member });
export const changeMember = (customer: string, member: TeamMember, change: TeamChange) =>
  json<TeamMember>('PATCH', `${team(customer)}/${member.id}`, { body: change, ifMatch: member.version });
export const removeMember = (customer: string, member: TeamMember) =>
  json<void>('DELETE', `${team(customer)}/${member.id}`, { ifMatch: member.version });
export const restoreMember = (customer: string, id: string) =>
  json<TeamMember>('POST', `${team(customer)}/${id}/restoration`);
