import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';
import { signInSearch } from './sign-in-search';

let signedIn = false;
beforeEach(() => {
  signedIn = false;
  server.use(
    http.get('*/v1/sessions/current', () =>
      signedIn
        ? HttpResponse.json({ person: { id: 'per_1', name: 'Ada', email: 'a@b.example', role: 'Admin' } })
        : problem(401, 'session-ended', 'The session is over. Sign in again.'),
    ),
    http.get('*/v1/sign-in-ways', () => HttpResponse.json({ singleSignOn: null })),
    http.post('*/v1/sessions', async ({ request }) => {
      const { password } = (await request.json()) as { password: string };
      if (password !== 'right')
        return problem(401, 'sign-in-refused', 'The mail address or the password is wrong.');
      signedIn = true;
      return HttpResponse.json({}, { status: 201 });
    }),
  );
});

async function fill(password: string) {
  await userEvent.type(await screen.findByLabelText('Email'), 'a@b.example');
  await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('asks whoever is not signed in, and then goes where they wanted to go', async () => {
  const { address } = open('/customers?view=live');
  await fill('right');
  expect(await screen.findByRole('heading', { name: 'Portfolio' })).toBeVisible();
  expect(address()).toBe('/customers?view=live');
});

it('says in the words of the server why it refuses, and keeps what was typed', async () => {
  open('/customers');
  await fill('wrong');
  expect(await screen.findByRole('alert')).toHaveTextContent('The mail address or the password is wrong.');
  expect(screen.getByLabelText('Email')).toHaveValue('a@b.example');
});

it('never follows an address that leads elsewhere', () => {
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 7]) {
    expect(signInSearch({ to })).toEqual({ to: undefined, problem: undefined });
  }
});

it('makes the first administrator with the token of the link, and shows which field is refused', async () => {
  let sent: unknown;
  server.use(
    http.post('*/v1/setup', async ({ request }) => {
      sent = await request.json();
      return problem(422, 'password-weak', 'The password is not acceptable.', [
        { pointer: '/password', code: 'password-weak', detail: 'Add another word.' },
      ]);
    }),
  );
  open('/setup#tok%20en');
  await userEvent.type(await screen.findByLabelText('Your name'), 'Ada');
  await userEvent.type(screen.getByLabelText('Email'), 'a@b.example');
  await userEvent.type(screen.getByLabelText('Password'), 'three small words');
  await userEvent.click(screen.getByRole('button', { name: 'Create the administrator' }));
  await waitFor(() => expect(screen.getByText('Add another word.')).toBeVisible());
  expect(sent).toEqual({ token: 'tok en', name: 'Ada', email: 'a@b.example', password: 'three small words' });
});

it('offers the identity provider, and says in our words why it let nobody in', async () => {
  let sent: unknown;
  server.use(
    http.get('*/v1/sign-in-ways', () => HttpResponse.json({ singleSignOn: 'Example ID' })),
    http.post('*/v1/single-sign-on', async ({ request }) => {
      sent = await request.json();
      return problem(503, 'single-sign-on-unavailable', 'The identity provider does not answer.');
    }),
  );
  open('/sign-in?to=%2Fcustomers%3Fview%3Dlive&problem=single-sign-on-no-role');
  expect(await screen.findByRole('alert')).toHaveTextContent('None of your groups');
  await userEvent.click(await screen.findByRole('button', { name: 'Sign in with Example ID' }));
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('does not answer'));
  expect(sent).toEqual({ to: '/customers?view=live' });
});
