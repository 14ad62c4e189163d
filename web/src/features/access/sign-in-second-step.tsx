import { Button, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts } from '@/texts/sign-in';
import { Notice } from '@/ui/notice';
import { Entrance } from './entrance';
import e from './entrance.module.css';
import s from './sign-in.module.css';
import { enrolOnSignIn, finishSecondStep, type NextStep } from './sign-in-api';
import { CodeInput, ProposalShown, RecoveryCodes } from './sign-in-codes';
import { askForPasskey, canUsePasskeys, signInWithPasskey, wasDeclined } from './sign-in-passkeys';

/** What comes between a right password and the application. */
export default function SecondStep(props: { next: NextStep; onInside: () => void; onAgain: () => void }) {
  return props.next.step === 'enrolment' ? <Enrolment {...props} /> : <Code {...props} />;
}

function Code(props: { next: NextStep; onInside: () => void; onAgain: () => void }) {
  const t = texts.secondStep;
  const [byRecovery, setByRecovery] = useState(!props.next.ways.includes('totp'));
  const step = useMutation({ mutationFn: finishSecondStep, onSuccess: props.onInside });
  const passkey = useMutation({
    mutationFn: async () => signInWithPasskey(await askForPasskey()),
    onSuccess: props.onInside,
  });
  const refusal = passkey.error && !wasDeclined(passkey.error) ? passkey.error : step.error;
  const swap = () => {
    step.reset();
    setByRecovery(!byRecovery);
  };
  return (
    <Entrance
      title={byRecovery ? t.recoveryTitle : t.title}
      sub={byRecovery ? t.recoverySub : t.sub}
      error={refusal?.message}
    >
      <form
        key={String(byRecovery)}
        className={e.form}
        ref={focusFirst}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          step.mutate(
            byRecovery ? { recoveryCode: String(form.get('recovery')) } : { code: String(form.get('code')) },
          );
        }}
      >
        {byRecovery ? (
          <TextInput
            size="sm"
            label={t.recoveryCode}
            name="recovery"
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
          />
        ) : (
          <CodeInput label={t.code} />
        )}
        <Button type="submit" size="sm" fullWidth mt={4} loading={step.isPending}>
          {t.submit}
        </Button>
      </form>
      {props.next.ways.includes('passkey') && canUsePasskeys() && (
        <Button
          variant="default"
          size="sm"
          fullWidth
          mt={10}
          leftSection={<IconFingerprint size={17} stroke={1.7} />}
          loading={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          {texts.passkeys.use}
        </Button>
      )}
      <div className={s.other}>
        {props.next.ways.includes('totp') && props.next.ways.includes('recovery-code') && (
          <Button variant="subtle" size="compact-xs" onClick={swap}>
            {byRecovery ? t.useApp : t.useRecovery}
          </Button>
        )}
        <Button variant="subtle" color="gray" size="compact-xs" onClick={props.onAgain}>
          {t.again}
        </Button>
      </div>
    </Entrance>
  );
}

function Enrolment(props: { onInside: () => void; onAgain: () => void }) {
  const t = texts.enrolment;
  const proposal = useQuery({
    queryKey: ['sign-in', 'enrolment'],
    queryFn: enrolOnSignIn,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({ mutationFn: finishSecondStep });
  if (confirm.data) {
    return (
      <Entrance title={texts.recovery.shownTitle} sub={texts.recovery.shownText}>
        <RecoveryCodes codes={confirm.data.recoveryCodes} onKept={props.onInside} />
      </Entrance>
    );
  }
  return (
    <Entrance title={t.title} sub={t.sub} error={proposal.error?.message ?? confirm.error?.message}>
      {proposal.isPending && <Notice tone="mute">…</Notice>}
      {proposal.data && (
        <form
          className={e.form}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
          }}
        >
          <ProposalShown proposal={proposal.data} />
          <CodeInput label={texts.totp.code} />
          <Button type="submit" size="sm" fullWidth loading={confirm.isPending}>
            {texts.totp.confirm}
          </Button>
        </form>
      )}
      <div className={s.other}>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={props.onAgain}>
          {texts.secondStep.again}
        </Button>
      </div>
    </Entrance>
  );
}

/** The new form's field takes over where the one before it was left. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();
