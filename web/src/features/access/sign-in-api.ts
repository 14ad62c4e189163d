import { queryOptions } from '@tanstack/react-query';
import { json, send } from '@/api/http';

/** What a right password answers: a session began (null), or this step is next. */
export interface NextStep {
  step: 'code' | 'enrolment';
  ways: string[];
}

export interface Proposal {
  secret: string;
  uri: string;
}

export interface Passkey {
  id: string;
  name: string;
  isBackedUp: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface Identity {
  id: string;
  issuer: string;
  email: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface AccountSecurity {
  hasPassword: boolean;
  totpSince: string | null;
  recoveryCodes: number;
  isSecondFactorDemanded: boolean;
  provedUntil: string | null;
  passkeys: Passkey[];
  identities: Identity[];
}

const account = '/v1/account';

export async function signIn(credentials: { email: string; password: string }): Promise<NextStep | null> {
  const answer = await send('POST', '/v1/sessions', { body: credentials });
  return answer.status === 202 ? ((await answer.json()) as NextStep) : null;
}

/** Finishes a sign-in; recovery codes come when setting an app up was the step. */
export const finishSecondStep = (given: { code?: string; recoveryCode?: string }) =>
  json<{ recoveryCodes: string[] }>('POST', '/v1/sessions/second-step', { body: given });

export const enrolOnSignIn = () => json<Proposal>('POST', '/v1/sessions/second-step/totp');

export const securityQuery = queryOptions({
  queryKey: ['account', 'security'],
  queryFn: ({ signal }) => json<AccountSecurity>('GET', `${account}/security`, { signal }),
});

export const proveAgain = (proof: { password: string; code?: string }) =>
  json<void>('POST', '/v1/sessions/current/proof', { body: proof });

export const enrolTotp = () => json<Proposal>('POST', `${account}/totp`);

export const confirmTotp = (code: string) =>
  json<{ codes: string[] }>('POST', `${account}/totp/confirmation`, { body: { code } });

export const removeTotp = () => json<void>('DELETE', `${account}/totp`);

export const renewRecoveryCodes = () => json<{ codes: string[] }>('POST', `${account}/recovery-codes`);

/** How people may come in here: the name of the identity provider, if there is one. */
export const waysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => json<{ singleSignOn: string | null }>('GET', '/v1/sign-in-ways', { signal }),
  staleTime: 5 * 60_000,
});

/** Sends the browser to the identity provider, which sends it back to `to`. */
export async function goToProvider(path: string, to?: string) {
  const { address } = await json<{ address: string }>('POST', path, { body: { to } });
  location.assign(address);
}

export const signInAtProvider = (to?: string) => goToProvider('/v1/single-sign-on', to);
export const proveAtProvider = () => goToProvider('/v1/sessions/current/single-sign-on-proof', '/account');
export const linkIdentity = () => goToProvider(`${account}/identities`, '/account');
export const unlinkIdentity = (id: string) => json<void>('DELETE', `${account}/identities/${id}`);

export interface SignInSettings {
  /** The least role that takes a second step; null demands it of nobody. */
  secondFactorFrom: string | null;
  singleSignOn: {
    name: string;
    issuer: string;
    clientId: string;
    hasSecret: boolean;
    scopes: string;
    callbackPath: string;
    groupsClaim: string;
    groupRoles: Record<string, string>;
    createsPeople: boolean;
  } | null;
}

export const signInSettingsQuery = queryOptions({
  queryKey: ['settings', 'sign-in'],
  queryFn: ({ signal }) => json<SignInSettings>('GET', '/v1/settings/sign-in', { signal }),
});

export const changeSignInSettings = (secondFactorFrom: string | null) =>
  json<void>('PUT', '/v1/settings/sign-in', { body: { secondFactorFrom } });
