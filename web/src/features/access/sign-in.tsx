import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconFingerprint, IconUserShield } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/access';
import { texts as more } from '@/texts/sign-in';
import { Entrance } from './entrance';
import s from './entrance.module.css';
import { type NextStep, signIn, signInAtProvider, waysQuery } from './sign-in-api';
import {
  askForPasskey,
  canOfferPasskeys,
  canUsePasskeys,
  offerPasskeys,
  signInWithPasskey,
  wasDeclined,
} from './sign-in-passkeys';

const route = getRouteApi('/sign-in');
const t = texts.signIn;
const { passkeys, singleSignOn } = more;
const SecondStep = lazy(() => import('./sign-in-second-step'));

export default function SignIn() {
  const { to, problem } = route.useSearch();
  const { data: ways } = useQuery(waysQuery);
  const client = useQueryClient();
  const router = useRouter();
  const [next, setNext] = useState<NextStep | null>(null);
  const goInside = async () => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(to ?? '/');
  };
  const offer = useOffer(goInside);
  const entry = useMutation({
    mutationFn: signIn,
    onSuccess: (step) => {
      offer.end();
      return step ? setNext(step) : goInside();
    },
  });
  const passkey = useMutation({
    mutationFn: async () => signInWithPasskey(await askForPasskey()),
    onMutate: offer.end,
    onSuccess: goInside,
  });
  const provider = useMutation({ mutationFn: () => signInAtProvider(to) });
  const refusal = [provider, passkey, offer.attempt, entry]
    .filter(({ error }) => error && !wasDeclined(error))
    .sort((a, b) => b.submittedAt - a.submittedAt)[0]?.error;
  const cameBack = problem && (singleSignOn.problems[problem] ?? singleSignOn.problem);
  if (next) {
    return (
      <Suspense>
        <SecondStep next={next} onInside={goInside} onAgain={() => setNext(null)} />
      </Suspense>
    );
  }
  return (
    <Entrance title={t.title} sub={t.sub} error={refusal?.message ?? cameBack}>
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
          autoComplete="username webauthn"
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
      {(canUsePasskeys() || ways?.singleSignOn) && <div className={s.or}>{passkeys.or}</div>}
      <div className={s.form}>
        {ways?.singleSignOn && (
          <Button
            variant="default"
            size="sm"
            fullWidth
            leftSection={<IconUserShield size={17} stroke={1.7} />}
            loading={provider.isPending}
            onClick={() => provider.mutate()}
          >
            {singleSignOn.signIn(ways.singleSignOn)}
          </Button>
        )}
        {canUsePasskeys() && (
          <Button
            variant="default"
            size="sm"
            fullWidth
            leftSection={<IconFingerprint size={17} stroke={1.7} />}
            loading={passkey.isPending}
            onClick={() => passkey.mutate()}
          >
            {passkeys.signIn}
          </Button>
        )}
      </div>
      <p className={s.help}>
        <Link to="/forgotten-password">{t.help}</Link>
      </p>
    </Entrance>
  );
}

/**
 * Lets the browser offer passkeys in the address field for as long as the page is open. A browser answers one question
 * at a time, so that asking with the button ends the offer.
 */
function useOffer(goInside: () => Promise<void>) {
  const [end] = useState(() => new AbortController());
  const offer = useMutation({
    mutationFn: async (signal: AbortSignal) => {
      if (!(await canOfferPasskeys())) throw new DOMException('Not offered', 'AbortError');
      return signInWithPasskey(await offerPasskeys(signal));
    },
    onSuccess: goInside,
  });
  const { mutate } = offer;
  useEffect(() => {
    const left = new AbortController();
    mutate(AbortSignal.any([left.signal, end.signal]));
    return () => left.abort();
  }, [mutate, end]);
  return { attempt: offer, end: () => end.abort() };
}
