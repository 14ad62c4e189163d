import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKey } from '@/api/types';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/keys';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { keysQuery, revokeKey } from './keys-api';

const t = texts.revoke;

/** Asks first, because a revoked key cannot come back. */
export function RevokeKeyDialog(props: { customer?: string; apiKey?: ApiKey; onClose: () => void }) {
  const { apiKey } = props;
  const client = useQueryClient();
  const name = apiKey?.name ?? texts.unnamed;
  const revoke = useMutation({
    mutationFn: (key: string) => revokeKey(props.customer, key),
    onSuccess: async () => {
      await client.invalidateQueries(keysQuery(props.customer));
      props.onClose();
      await toast(t.done(name));
    },
  });
  return (
    <Dialog open={apiKey !== undefined} onClose={props.onClose} title={t.title}>
      <p className={ui.formText}>{t.text(name)}</p>
      {revoke.error && <Notice tone="bad">{revoke.error.message}</Notice>}
      <DialogFoot>
        <Button variant="default" onClick={props.onClose}>
          {common.cancel}
        </Button>
        <Button color="red" loading={revoke.isPending} onClick={() => apiKey && revoke.mutate(apiKey.id)}>
          {t.submit}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
