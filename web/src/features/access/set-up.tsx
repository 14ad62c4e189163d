import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/access';
import ui from '@/ui/ui.module.css';
import { setUp } from './api';
import { Entrance } from './entrance';
import s from './entrance.module.css';

const t = texts.setUp;
const shortestPassword = 12;

/** The token travels behind the #, which a browser sends to nobody and which no server logs. */
export default function SetUp() {
  const hash = useLocation({ select: (location) => location.hash });
  const [token] = useState(() => decodeURIComponent(hash));
  const client = useQueryClient();
  const router = useRouter();
  const first = useMutation({
    mutationFn: setUp,
    onSuccess: async () => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      router.history.push('/');
    },
  });
  if (!token) {
    return (
      <Entrance title={t.noTokenTitle} sub={t.noToken}>
        <Link to="/sign-in" search={{}} className={ui.buttonLink}>
          {t.toSignIn}
        </Link>
      </Entrance>
    );
  }
  const problem = first.error instanceof ProblemError ? first.error : undefined;
  return (
    <Entrance title={t.title} sub={t.sub} error={first.error?.message}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name));
          first.mutate({ token, name: text('name'), email: text('email'), password: text('password') });
        }}
      >
        <TextInput
          size="sm"
          label={t.name}
          name="name"
          autoComplete="name"
          required
          withAsterisk={false}
          autoFocus
          error={problem?.faultOf('name')}
        />
        <TextInput
          size="sm"
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          error={problem?.faultOf('email')}
        />
        <PasswordInput
          size="sm"
          label={t.password}
          description={t.passwordHint}
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={shortestPassword}
          error={problem?.faultOf('password')}
        />
        <Button type="submit" size="sm" fullWidth mt={4} loading={first.isPending}>
          {t.submit}
        </Button>
      </form>
    </Entrance>
  );
}
