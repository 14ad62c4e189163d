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

export interface AccountSecurity {
  hasPassword: boolean;
  totpSince: string | null;
  recoveryCodes: number;
  isSecondFactorDemanded: boolean;
  provedUntil: string | null;
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
