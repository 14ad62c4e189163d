import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { AuditEntry, Page } from '@/api/types';

export interface StaffMember {
  id: string;
  name: string;
  email: string;
  role: string;
  jobRoles: string[];
  status: 'invited' | 'active' | 'deactivated';
  createdAt: string;
  version: number;
  /** What follows is for administrators; null for everybody else. */
  reach: string | null;
  customers: string[] | null;
  invitedUntil: string | null;
  lastSeenAt: string | null;
  deactivatedAt: string | null;
}

export interface PersonChange {
  name: string;
  role: string;
  jobRoles: string[];
  reach: string;
  customers: string[] | null;
}

/** `link` holds a secret, this once and only where no mail is sent. */
export interface Invited {
  person: StaffMember;
  link: string | null;
}

export interface OpenSession {
  id: string;
  device: string | null;
  address: string | null;
  createdAt: string;
  lastSeenAt: string;
  endsAt: string;
  isCurrent: boolean;
}

export interface Permissions {
  columns: string[];
  groups: { name: string; actions: { policy: string; action: string; cells: string[] }[] }[];
}

export interface SessionLimits {
  idleMinutes: number;
  absoluteMinutes: number;
}

const pageSize = 100;
const personAt = (id: string) => `/v1/people/${encodeURIComponent(id)}`;

export const peopleQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['people', 'list', q],
    queryFn: ({ pageParam, signal }) =>
      json<Page<StaffMember>>('GET', '/v1/people', {
        query: { q, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => json<StaffMember>('GET', personAt(id), { signal }),
  });

export const invite = (body: PersonChange & { email: string }) =>
  json<Invited>('POST', '/v1/people', { body });

export const inviteAgain = (id: string) => json<Invited>('POST', `${personAt(id)}/invitations`);

export const changePerson = (person: StaffMember, body: PersonChange) =>
  json<StaffMember>('PATCH', personAt(person.id), { body, ifMatch: person.version });

export const endAccess = (id: string) => json<void>('POST', `${personAt(id)}/deactivation`);

export const letIn = (id: string) => json<void>('DELETE', `${personAt(id)}/deactivation`);

/** Whose sessions: a person's, or one's own. */
const sessionsAt = (person?: string) => (person ? `${personAt(person)}/sessions` : '/v1/sessions');

export const openSessionsQuery = (person?: string) =>
  queryOptions({
    queryKey: ['open-sessions', person ?? 'own'],
    queryFn: ({ signal }) => json<{ items: OpenSession[] }>('GET', sessionsAt(person), { signal }),
  });

export const endSession = (session: string, person?: string) =>
  json<void>('DELETE', `${sessionsAt(person)}/${session}`);

/** All of a person's; of one's own all but this one. */
export const endSessions = (person?: string) => json<void>('DELETE', sessionsAt(person));

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: ({ signal }) => json<Permissions>('GET', '/v1/permissions', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const limitsQuery = queryOptions({
  queryKey: ['session-limits'],
  queryFn: ({ signal }) => json<SessionLimits>('GET', '/v1/settings/sessions', { signal }),
});

export const putLimits = (body: SessionLimits) =>
  json<SessionLimits>('PUT', '/v1/settings/sessions', { body });

export const changePassword = (body: { current: string; password: string }) =>
  json<void>('PUT', '/v1/passwords/own', { body });

export const openLink = (token: string) =>
  json<{ name: string; email: string; kind: string }>('POST', '/v1/password-links', { body: { token } });

export const setPassword = (body: { token: string; password: string }) =>
  json<void>('POST', '/v1/passwords', { body });

export const askForReset = (email: string) => json<void>('POST', '/v1/password-resets', { body: { email } });

/** The actions of the installation's log that concern security, in groups. */
export const securityActions = {
  all: 'session*,sessions*,sign-in*,second-factor*,passkey*,recovery*,totp*,person*,password*,api-key*,identity*,single-sign-on*',
  signIns: 'session.started,session.ended,sessions.ended',
  failures: 'sign-in.failed,sign-in.blocked',
  people: 'person*',
  keys: 'api-key*',
  passwords: 'password*',
} as const;
export type SecurityGroup = keyof typeof securityActions;

const logPageSize = 50;
export const securityLogQuery = (group: SecurityGroup) =>
  infiniteQueryOptions({
    queryKey: ['security-log', group],
    queryFn: ({ pageParam, signal }) =>
      json<Page<AuditEntry>>('GET', '/v1/audit-trail', {
        query: {
          customer: `cus_${'0'.repeat(26)}`,
          kind: 'record',
          action: securityActions[group],
          order: 'desc',
          limit: logPageSize,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    // Each read is recorded in the trail, so none happens unasked.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
