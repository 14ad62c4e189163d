import { ActionIcon, Button } from '@mantine/core';
import { IconTrash, IconUserShield } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { day } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/sign-in';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './sign-in.module.css';
import {
  type AccountSecurity,
  type Identity,
  linkIdentity,
  securityQuery,
  unlinkIdentity,
  waysQuery,
} from './sign-in-api';
import { messageOf, useProof } from './sign-in-proof';

const t = texts.singleSignOn;

/** Who one is at identity providers. Without a provider and without a link there is nothing to show. */
export function IdentitiesCard({ security }: { security: AccountSecurity }) {
  const { data: ways } = useQuery(waysQuery);
  const proof = useProof(security);
  const [removing, setRemoving] = useState<Identity>();
  const link = useMutation({
    mutationFn: linkIdentity,
    onError: (error) => proof.ask(error, () => link.mutate()),
  });
  const provider = ways?.singleSignOn;
  if (!provider && security.identities.length === 0) return null;
  return (
    <Card
      title={t.title}
      right={
        provider && (
          <Button variant="default" size="compact-sm" loading={link.isPending} onClick={() => link.mutate()}>
            {t.link(provider)}
          </Button>
        )
      }
    >
      {messageOf(link.error) && <Notice tone="bad">{messageOf(link.error)}</Notice>}
      {security.identities.length === 0 && provider && <div className={s.rowText}>{t.off(provider)}</div>}
      {security.identities.length > 0 && (
        <ul className={s.list} aria-label={t.title}>
          {security.identities.map((identity) => (
            <li key={identity.id} className={s.row}>
              <IconUserShield size={18} stroke={1.6} aria-hidden />
              <div className={s.rowText}>
                <div className={s.strong}>{identity.email ?? identity.issuer}</div>
                <div className={ui.hint}>
                  {identity.email && `${identity.issuer} · `}
                  {t.linked(day(identity.createdAt))}
                  {identity.lastUsedAt && ` · ${t.used(day(identity.lastUsedAt))}`}
                </div>
              </div>
              <ActionIcon aria-label={t.unlink(identity.issuer)} onClick={() => setRemoving(identity)}>
                <IconTrash size={16} stroke={1.7} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <UnlinkDialog security={security} identity={removing} onClose={() => setRemoving(undefined)} />
      {proof.dialog}
    </Card>
  );
}

function UnlinkDialog(props: { security: AccountSecurity; identity?: Identity; onClose: () => void }) {
  const client = useQueryClient();
  const proof = useProof(props.security);
  const unlink = useMutation({
    mutationFn: unlinkIdentity,
    onSuccess: async () => {
      await client.invalidateQueries(securityQuery);
      props.onClose();
    },
    onError: (error, id) => proof.ask(error, () => unlink.mutate(id)),
  });
  const { identity } = props;
  return (
    <>
      <Dialog open={identity !== undefined} onClose={props.onClose} title={t.unlinkTitle}>
        <p className={ui.formText}>{t.unlinkText(identity?.issuer ?? '')}</p>
        {messageOf(unlink.error) && <Notice tone="bad">{messageOf(unlink.error)}</Notice>}
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button
            color="red"
            loading={unlink.isPending}
            onClick={() => identity && unlink.mutate(identity.id)}
          >
            {t.unlinkSubmit}
          </Button>
        </DialogFoot>
      </Dialog>
      {proof.dialog}
    </>
  );
}
