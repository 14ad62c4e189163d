import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { day } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/sign-in';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './sign-in.module.css';
import {
  type AccountSecurity,
  confirmTotp,
  enrolTotp,
  removeTotp,
  renewRecoveryCodes,
  securityQuery,
} from './sign-in-api';
import { CodeInput, ProposalShown, RecoveryCodes } from './sign-in-codes';
import { messageOf, useProof } from './sign-in-proof';

const t = texts.totp;

/** The authenticator app: set up, asked, removed. */
export function TotpCard({ security }: { security: AccountSecurity }) {
  const client = useQueryClient();
  const proof = useProof(security);
  const [removing, setRemoving] = useState(false);
  const propose = useMutation({
    mutationFn: enrolTotp,
    onError: (error) => proof.ask(error, () => propose.mutate()),
  });
  const isOn = security.totpSince !== null;
  const refresh = () => client.invalidateQueries(securityQuery);
  return (
    <Card
      title={t.title}
      right={
        <Pill tone={isOn ? 'ok' : 'mute'} dot>
          {isOn ? t.stateOn : t.stateOff}
        </Pill>
      }
    >
      {messageOf(propose.error) && <Notice tone="bad">{messageOf(propose.error)}</Notice>}
      <div className={s.row}>
        <div className={s.rowText}>{security.totpSince ? t.on(day(security.totpSince)) : t.off}</div>
        {isOn ? (
          <Button variant="default" onClick={() => setRemoving(true)}>
            {t.remove}
          </Button>
        ) : (
          <Button loading={propose.isPending} onClick={() => propose.mutate()}>
            {t.add}
          </Button>
        )}
      </div>
      <SetUpDialog proposal={propose.data} onClose={propose.reset} onDone={refresh} />
      <RemoveDialog security={security} open={removing} onClose={() => setRemoving(false)} onDone={refresh} />
      {proof.dialog}
    </Card>
  );
}

function SetUpDialog(props: {
  proposal?: { secret: string; uri: string };
  onClose: () => void;
  onDone: () => void;
}) {
  const confirm = useMutation({
    mutationFn: confirmTotp,
    onSuccess: async ({ codes }) => {
      props.onDone();
      await toast(t.done);
      if (codes.length === 0) props.onClose();
    },
  });
  const close = () => {
    confirm.reset();
    props.onClose();
  };
  const codes = confirm.data?.codes ?? [];
  return (
    <Dialog
      open={props.proposal !== undefined}
      onClose={close}
      title={codes.length > 0 ? texts.recovery.shownTitle : t.dialogTitle}
    >
      {codes.length > 0 ? (
        <>
          <p className={ui.formText}>{texts.recovery.shownText}</p>
          <RecoveryCodes codes={codes} onKept={close} />
        </>
      ) : (
        <form
          className={ui.form}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(String(new FormData(event.currentTarget).get('code')));
          }}
        >
          {props.proposal && <ProposalShown proposal={props.proposal} />}
          <CodeInput label={t.code} error={confirm.error?.message} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              {t.confirm}
            </Button>
          </DialogFoot>
        </form>
      )}
    </Dialog>
  );
}

function RemoveDialog(props: {
  security: AccountSecurity;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const proof = useProof(props.security);
  const remove = useMutation({
    mutationFn: removeTotp,
    onSuccess: async () => {
      props.onDone();
      props.onClose();
      await toast(t.removed);
    },
    onError: (error) => proof.ask(error, () => remove.mutate()),
  });
  return (
    <>
      <Dialog open={props.open} onClose={props.onClose} title={t.removeTitle}>
        <p className={ui.formText}>{t.removeText}</p>
        {messageOf(remove.error) && <Notice tone="bad">{messageOf(remove.error)}</Notice>}
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t.removeSubmit}
          </Button>
        </DialogFoot>
      </Dialog>
      {proof.dialog}
    </>
  );
}

/** How many recovery codes are left, and new ones. */
export function RecoveryCard({ security }: { security: AccountSecurity }) {
  const r = texts.recovery;
  const client = useQueryClient();
  const proof = useProof(security);
  const [asking, setAsking] = useState(false);
  const renew = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: () => client.invalidateQueries(securityQuery),
    onError: (error) => proof.ask(error, () => renew.mutate()),
  });
  const close = () => {
    renew.reset();
    setAsking(false);
  };
  return (
    <Card
      title={r.title}
      right={
        <Pill tone={security.recoveryCodes < 3 ? 'warn' : 'mute'}>{r.left(security.recoveryCodes)}</Pill>
      }
    >
      <div className={s.row}>
        <div className={s.rowText}>{r.text}</div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {r.renew}
        </Button>
      </div>
      <Dialog open={asking} onClose={close} title={renew.data ? r.shownTitle : r.renewTitle}>
        <p className={ui.formText}>{renew.data ? r.shownText : r.renewText}</p>
        {messageOf(renew.error) && <Notice tone="bad">{messageOf(renew.error)}</Notice>}
        {renew.data ? (
          <RecoveryCodes codes={renew.data.codes} onKept={close} />
        ) : (
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button loading={renew.isPending} onClick={() => renew.mutate()}>
              {r.renewSubmit}
            </Button>
          </DialogFoot>
        )}
      </Dialog>
      {proof.dialog}
    </Card>
  );
}
