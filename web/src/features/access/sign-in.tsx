import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/access';
import { signIn } from './api';
import { Entrance } from './entrance';
import s from './entrance.module.css';

const route = getRouteApi('/sign-in');
const t = texts.signIn;

export default function SignIn() {
  const { to } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const entry = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      router.history.push(to ?? '/');
    },
  });
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
      <p className={s.help}>
        <Link to="/forgotten-password">{t.help}</Link>
      </p>
    </Entrance>
  );
}
