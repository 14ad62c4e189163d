import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';

const codes = Array.from({ length: 10 }, (_, n) => `aaaa${n}-bbbbb-ccccc-ddddd-eeeee`);
const proposal = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/Cairn:a?secret=GEZD' };
let signedIn = false;
let next: object;
beforeEach(() => {
  signedIn = false;
  next = { step: 'code', ways: ['totp', 'recovery-code'] };
  server.use(
    http.get('*/v1/sessions/current', () =>
      signedIn
        ? HttpResponse.json({ person: { id: 'per_1', name: 'Ada', email: 'a@b.example', role: 'Admin' } })
        : problem(401, 'session-ended', 'The session is over. Sign in again.'),
    ),
    http.get('*/v1/sign-in-ways', () => HttpResponse.json({ singleSignOn: null })),
    http.post('*/v1/sessions', () => HttpResponse.json(next, { status: 202 })),
    http.post('*/v1/sessions/second-step/totp', () => HttpResponse.json(proposal, { status: 201 })),
    http.post('*/v1/sessions/second-step', async ({ request }) => {
      const given = (await request.json()) as { code?: string; recoveryCode?: string };
      if (given.code !== '123456' && given.recoveryCode !== codes[0])
        return problem(401, 'second-step-refused', 'This code does not hold.');
      signedIn = true;
      const fresh = 'ways' in next && Array.isArray(next.ways) && next.ways.length === 0 ? codes : [];
      return HttpResponse.json({ recoveryCodes: fresh }, { status: 201 });
    }),
  );
});

async function givePassword() {
  open('/customers?view=live');
  await userEvent.type(await screen.findByLabelText('Email'), 'a@b.example');
  await userEvent.type(screen.getByLabelText('Password'), 'right');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('asks for a code after the password, says why one is refused, and goes where they wanted to go', async () => {
  await givePassword();
  await userEvent.type(await screen.findByLabelText('Code'), '000000');
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This code does not hold.');
  await userEvent.clear(screen.getByLabelText('Code'));
  await userEvent.type(screen.getByLabelText('Code'), '123456{Enter}');
  expect(await screen.findByRole('heading', { name: 'Portfolio' })).toBeVisible();
});

it('takes a recovery code instead, or starts again', async () => {
  await givePassword();
  await userEvent.click(await screen.findByRole('button', { name: 'Use a recovery code' }));
  await userEvent.type(await screen.findByLabelText('Recovery code'), `${codes[0]}{Enter}`);
  expect(await screen.findByRole('heading', { name: 'Portfolio' })).toBeVisible();
});

it('sets an app up where the role takes one, and shows the recovery codes before it goes on', async () => {
  next = { step: 'enrolment', ways: [] };
  await givePassword();
  expect(await screen.findByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  expect(screen.getByText('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Then enter the code it shows'), '123456{Enter}');
  const list = await screen.findByRole('list', { name: 'recovery codes' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(10);
  await userEvent.click(screen.getByRole('button', { name: 'I have kept them' }));
  expect(await screen.findByRole('heading', { name: 'Portfolio' })).toBeVisible();
});

it('asks for a proof before it changes how somebody signs in, and then goes on by itself', async () => {
  signedIn = true;
  let isProved = false;
  server.use(
    http.get('*/v1/account/security', () =>
      HttpResponse.json({
        hasPassword: true,
        totpSince: null,
        recoveryCodes: 0,
        isSecondFactorDemanded: false,
        provedUntil: null,
        passkeys: [],
        identities: [],
      }),
    ),
    http.post('*/v1/account/totp', () =>
      isProved
        ? HttpResponse.json(proposal, { status: 201 })
        : problem(403, 'proof-required', 'This takes a fresh proof that it is you.'),
    ),
    http.post('*/v1/sessions/current/proof', async ({ request }) => {
      isProved = ((await request.json()) as { password: string }).password === 'right';
      return isProved
        ? new HttpResponse(null, { status: 204 })
        : problem(422, 'proof-refused', 'The password or the code is wrong.');
    }),
  );
  open('/account');
  await userEvent.click(await screen.findByRole('button', { name: 'Set up' }));
  await userEvent.type(await screen.findByLabelText('Your password'), 'wrong{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('The password or the code is wrong.');
  await userEvent.clear(screen.getByLabelText('Your password'));
  await userEvent.type(screen.getByLabelText('Your password'), 'right{Enter}');
  await waitFor(() => expect(screen.getByRole('img', { name: /QR code/ })).toBeVisible());
});
