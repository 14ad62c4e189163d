import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '@/api/types';
import { instant } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/keys';
import { Code } from '@/ui/copy';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { keysQuery, rotateKey } from './keys-api';

const t = texts.rotate;
const standardHours = '24';

/** Another text for a key, with a time in which both work. */
export function RotateKeyDialog(props: { customer?: string; apiKey?: ApiKey; onClose: () => void }) {
  const { apiKey } = props;
  const client = useQueryClient();
  const [hours, setHours] = useState(standardHours);
  const rotate = useMutation({
    mutationFn: (key: string) => rotateKey(props.customer, key, Number(hours)),
    onSuccess: () => client.invalidateQueries(keysQuery(props.customer)),
  });
  const close = () => {
    rotate.reset();
    setHours(standardHours);
    props.onClose();
  };
  if (rotate.data && apiKey) {
    return (
      <Dialog open onClose={close} title={texts.shown.title}>
        <p className={ui.formText}>{t.until(instant(rotate.data.previousUntil))}</p>
        <Code value={rotate.data.key} what={texts.shown.what} wrap />
        <DialogFoot>
          <Button onClick={close}>{texts.shown.done}</Button>
        </DialogFoot>
      </Dialog>
    );
  }
  return (
    <Dialog open={apiKey !== undefined} onClose={close} title={t.title(apiKey?.name ?? texts.unnamed)}>
      {rotate.error && <Notice tone="bad">{rotate.error.message}</Notice>}
      <NativeSelect
        size="sm"
        label={t.hours}
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
        data={[...t.choices]}
      />
      <DialogFoot>
        <Button variant="default" onClick={close}>
          {common.cancel}
        </Button>
        <Button loading={rotate.isPending} onClick={() => apiKey && rotate.mutate(apiKey.id)}>
          {t.submit}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
