import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts } from '@/texts/settings';
import ui from '@/ui/ui.module.css';
import { Entrance } from './entrance';
import s from './entrance.module.css';
import { openLink, setPassword } from './staff/api';

const t = texts.link;

/** Where an invitation and a link for a new password lead. The token travels behind the #, which a browser sends to nobody. */
export default function PasswordLink() {
  const hash = useLocation({ select: (location) => location.hash });
  const [token] = useState(() => decodeURIComponent(hash));
  const link = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => openLink(token),
    retry: false,
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const set = useMutation({ mutationFn: setPassword });
  const toSignIn = (
    <Link to="/sign-in" search={{}} className={ui.buttonLink}>
      {t.toSignIn}
    </Link>
  );
  if (set.isSuccess)
    return (
      <Entrance title={t.doneTitle} sub={t.done}>
        {toSignIn}
      </Entrance>
    );
  if (!token || link.error)
    return (
      <Entrance title={t.brokenTitle} sub={link.error?.message ?? t.broken}>
        {toSignIn}
      </Entrance>
    );
  if (!link.data)
    return (
      <Entrance title={t.checking} sub="">
        {null}
      </Entrance>
    );
  const { name, email, kind } = link.data;
  const problem = set.error instanceof ProblemError ? set.error : undefined;
  const fault = problem?.faultOf('password');
  const isNew = kind === 'invitation';
  return (
    <Entrance
      title={isNew ? t.welcome(name) : t.reset}
      sub={isNew ? t.welcomeSub(email) : t.resetSub(email)}
      error={fault ? undefined : set.error?.message}
    >
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({ token, password: String(new FormData(event.currentTarget).get('password')) });
        }}
      >
        {/* Password managers keep the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          size="sm"
          label={t.password}
          description={texts.password.hint}
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          autoFocus
          error={fault}
        />
        <Button type="submit" size="sm" fullWidth mt={4} loading={set.isPending}>
          {t.submit}
        </Button>
      </form>
    </Entrance>
  );
}
