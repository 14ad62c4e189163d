import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { texts } from '@/texts/settings';
import { Entrance } from './entrance';
import s from './entrance.module.css';
import { askForReset } from './staff/api';

const t = texts.forgotten;

/** Says the same whether the address is known or not. */
export default function ForgottenPassword() {
  const ask = useMutation({ mutationFn: askForReset });
  const back = (
    <p className={s.help}>
      <Link to="/sign-in" search={{}}>
        {t.back}
      </Link>
    </p>
  );
  if (ask.isSuccess)
    return (
      <Entrance title={t.doneTitle} sub={t.done}>
        {back}
      </Entrance>
    );
  return (
    <Entrance title={t.title} sub={t.sub} error={ask.error?.message}>
      <form
        className={s.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate(String(new FormData(event.currentTarget).get('email')));
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
          autoFocus
        />
        <Button type="submit" size="sm" fullWidth mt={4} loading={ask.isPending}>
          {t.submit}
        </Button>
      </form>
      {back}
    </Entrance>
  );
}
