import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconFingerprint, IconPencil, IconTrash } from '@tabler/icons-react';
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
import { type AccountSecurity, type Passkey, securityQuery } from './sign-in-api';
import { RecoveryCodes } from './sign-in-codes';
import {
  addPasskey,
  canUsePasskeys,
  deviceName,
  removePasskey,
  renamePasskey,
  wasDeclined,
} from './sign-in-passkeys';
import { messageOf, useProof } from './sign-in-proof';

const t = texts.passkeys;

/** One's passkeys: made here, named, taken away. */
export function PasskeysCard({ security }: { security: AccountSecurity }) {
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey>();
  const [removing, setRemoving] = useState<Passkey>();
  const isAble = canUsePasskeys();
  return (
    <Card
      title={t.title}
      right={
        isAble && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )
      }
    >
      {security.passkeys.length === 0 && <div className={s.rowText}>{isAble ? t.off : t.unable}</div>}
      {security.passkeys.length > 0 && (
        <ul className={s.list} aria-label={t.title}>
          {security.passkeys.map((passkey) => (
            <li key={passkey.id} className={s.row}>
              <IconFingerprint size={18} stroke={1.6} aria-hidden />
              <div className={s.rowText}>
                <div className={s.strong}>{passkey.name}</div>
                <div className={ui.hint}>
                  {t.added(day(passkey.createdAt))}
                  {' · '}
                  {passkey.lastUsedAt ? t.used(day(passkey.lastUsedAt)) : t.unused}
                </div>
              </div>
              {passkey.isBackedUp && <Pill tone="mute">{t.synced}</Pill>}
              <ActionIcon aria-label={t.rename(passkey.name)} onClick={() => setRenaming(passkey)}>
                <IconPencil size={16} stroke={1.7} />
              </ActionIcon>
              <ActionIcon aria-label={t.remove(passkey.name)} onClick={() => setRemoving(passkey)}>
                <IconTrash size={16} stroke={1.7} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <AddDialog security={security} open={adding} onClose={() => setAdding(false)} />
      <RenameDialog passkey={renaming} onClose={() => setRenaming(undefined)} />
      <RemoveDialog security={security} passkey={removing} onClose={() => setRemoving(undefined)} />
    </Card>
  );
}

function AddDialog(props: { security: AccountSecurity; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const proof = useProof(props.security);
  const add = useMutation({
    mutationFn: addPasskey,
    onSuccess: async ({ name, recoveryCodes }) => {
      await client.invalidateQueries(securityQuery);
      if (recoveryCodes.length === 0) props.onClose();
      await toast(t.done(name));
    },
    onError: (error, name) => proof.ask(error, () => add.mutate(name)),
  });
  const close = () => {
    add.reset();
    props.onClose();
  };
  const codes = add.data?.recoveryCodes ?? [];
  return (
    <>
      <Dialog
        open={props.open}
        onClose={close}
        title={codes.length > 0 ? texts.recovery.shownTitle : t.addTitle}
      >
        <p className={ui.formText}>{codes.length > 0 ? texts.recovery.shownText : t.addText}</p>
        {codes.length > 0 ? (
          <RecoveryCodes codes={codes} onKept={close} />
        ) : (
          <form
            className={ui.form}
            onSubmit={(event) => {
              event.preventDefault();
              add.mutate(String(new FormData(event.currentTarget).get('name')).trim());
            }}
          >
            {add.error && !wasDeclined(add.error) && messageOf(add.error) && (
              <Notice tone="bad">{messageOf(add.error)}</Notice>
            )}
            {wasDeclined(add.error) && <Notice tone="mute">{t.declined}</Notice>}
            <TextInput
              size="sm"
              label={t.name}
              description={t.nameHint}
              name="name"
              defaultValue={deviceName(navigator.userAgent)}
              maxLength={100}
              required
              withAsterisk={false}
            />
            <DialogFoot>
              <Button variant="default" onClick={close}>
                {common.cancel}
              </Button>
              <Button type="submit" loading={add.isPending}>
                {t.submit}
              </Button>
            </DialogFoot>
          </form>
        )}
      </Dialog>
      {proof.dialog}
    </>
  );
}

function RenameDialog(props: { passkey?: Passkey; onClose: () => void }) {
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: renamePasskey,
    onSuccess: async () => {
      await client.invalidateQueries(securityQuery);
      props.onClose();
    },
  });
  return (
    <Dialog open={props.passkey !== undefined} onClose={props.onClose} title={t.renameTitle}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get('name')).trim();
          if (props.passkey) rename.mutate({ id: props.passkey.id, name });
        }}
      >
        {rename.error && <Notice tone="bad">{rename.error.message}</Notice>}
        <TextInput
          size="sm"
          label={t.name}
          name="name"
          defaultValue={props.passkey?.name}
          maxLength={100}
          required
          withAsterisk={false}
        />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {common.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function RemoveDialog(props: { security: AccountSecurity; passkey?: Passkey; onClose: () => void }) {
  const client = useQueryClient();
  const proof = useProof(props.security);
  const remove = useMutation({
    mutationFn: removePasskey,
    onSuccess: async () => {
      await client.invalidateQueries(securityQuery);
      props.onClose();
    },
    onError: (error, id) => proof.ask(error, () => remove.mutate(id)),
  });
  const { passkey } = props;
  return (
    <>
      <Dialog open={passkey !== undefined} onClose={props.onClose} title={t.removeTitle}>
        <p className={ui.formText}>{t.removeText(passkey?.name ?? '')}</p>
        {messageOf(remove.error) && <Notice tone="bad">{messageOf(remove.error)}</Notice>}
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => passkey && remove.mutate(passkey.id)}>
            {t.removeSubmit}
          </Button>
        </DialogFoot>
      </Dialog>
      {proof.dialog}
    </>
  );
}
