import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/access';
import { Entrance } from './entrance';
import s from './entrance.module.css';
import { type NextStep, signIn } from './sign-in-api';

const route = getRouteApi('/sign-in');
const t = texts.signIn;
const SecondStep = lazy(() => import('./sign-in-second-step'));

export default function SignIn() {
  const { to } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const [next, setNext] = useState<NextStep | null>(null);
  const goInside = async () => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(to ?? '/');
  };
  const entry = useMutation({
    mutationFn: signIn,
    onSuccess: (step) => (step ? setNext(step) : goInside()),
  });
  if (next) {
    return (
      <Suspense>
        <SecondStep next={next} onInside={goInside} onAgain={() => setNext(null)} />
      </Suspense>
    );
  }
  return (
    <Entrance title={t.title} sub={t.sub} error={entry.error?.message}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          entry.mutate({ email: String(form.get('email')), password: String(form.get('password')) });
        }}
      >
        <TextInput
          size="sm"
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          size="sm"
          label={t.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" size="sm" fullWidth mt={4} loading={entry.isPending}>
          {t.submit}
        </Button>
      </form>
      <p className={s.help}>{t.help}</p>
    </Entrance>
  );
}
