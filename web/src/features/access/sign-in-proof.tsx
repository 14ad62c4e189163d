import { Button, PasswordInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/sign-in';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { type AccountSecurity, proveAgain, proveAtProvider, waysQuery } from './sign-in-api';
import { CodeInput } from './sign-in-codes';
import { canUsePasskeys, proveWithPasskey, wasDeclined } from './sign-in-passkeys';

const t = texts.proof;

/**
 * For changes that take a fresh proof: hand the refusal to `ask` with what is to be repeated, and show `dialog`. A
 * refusal of another kind is handed back.
 */
export function useProof(security: AccountSecurity | undefined) {
  const [repeat, setRepeat] = useState<{ run: () => void }>();
  const close = () => setRepeat(undefined);
  return {
    ask: (error: unknown, run: () => void) => isProofRequired(error) && setRepeat({ run }),
    dialog: (
      <ProofDialog
        open={repeat !== undefined}
        hasApp={Boolean(security?.totpSince)}
        hasPassword={security?.hasPassword ?? true}
        hasIdentity={(security?.identities.length ?? 0) > 0}
        hasPasskey={(security?.passkeys.length ?? 0) > 0 && canUsePasskeys()}
        onClose={close}
        onProved={() => {
          close();
          repeat?.run();
        }}
      />
    ),
  };
}

/** What a screen says of an error, which is nothing while the dialog asks for a proof. */
export const messageOf = (error: Error | null) => (error && !isProofRequired(error) ? error.message : null);

const isProofRequired = (error: unknown) => error instanceof ProblemError && error.code === 'proof-required';

interface ProofDialogProps {
  open: boolean;
  hasApp: boolean;
  hasPassword: boolean;
  hasPasskey: boolean;
  hasIdentity: boolean;
  onClose: () => void;
  onProved: () => void;
}

function ProofDialog(props: ProofDialogProps) {
  const prove = useMutation({ mutationFn: proveAgain, onSuccess: props.onProved });
  const { data: ways } = useQuery(waysQuery);
  const atProvider = useMutation({ mutationFn: proveAtProvider });
  const byPasskey = useMutation({ mutationFn: proveWithPasskey, onSuccess: props.onProved });
  const refusal =
    byPasskey.error && !wasDeclined(byPasskey.error) ? byPasskey.error : (atProvider.error ?? prove.error);
  const close = () => {
    prove.reset();
    byPasskey.reset();
    props.onClose();
  };
  return (
    <Dialog open={props.open} onClose={close} title={t.title}>
      <p className={ui.formText}>{t.text}</p>
      {refusal && <Notice tone="bad">{refusal.message}</Notice>}
      {props.hasPasskey && (
        <Button
          variant="default"
          fullWidth
          mb={14}
          leftSection={<IconFingerprint size={16} />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          {t.passkey}
        </Button>
      )}
      {props.hasIdentity && ways?.singleSignOn && (
        <Button
          variant="default"
          fullWidth
          mb={14}
          loading={atProvider.isPending}
          onClick={() => atProvider.mutate()}
        >
          {texts.singleSignOn.proof(ways.singleSignOn)}
        </Button>
      )}
      {props.hasPassword && (
        <form
          className={ui.form}
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            prove.mutate({
              password: String(form.get('password')),
              code: props.hasApp ? String(form.get('code')) : undefined,
            });
          }}
        >
          <PasswordInput
            size="sm"
            label={t.password}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          {props.hasApp && <CodeInput label={t.code} />}
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={prove.isPending}>
              {t.submit}
            </Button>
          </DialogFoot>
        </form>
      )}
    </Dialog>
  );
}
