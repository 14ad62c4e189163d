import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/keys';
import { Code } from '@/ui/copy';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { createKey, keysQuery, type NewKey } from './keys-api';

const t = texts.form;

export function NewKeyDialog(props: { customer?: string; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [scopes, setScopes] = useState<string[]>(['ingest']);
  const create = useMutation({
    mutationFn: (key: NewKey) => createKey(props.customer, key),
    onSuccess: () => client.invalidateQueries(keysQuery(props.customer)),
  });
  const close = () => {
    create.reset();
    setScopes(['ingest']);
    props.onClose();
  };
  if (create.data && props.open) {
    return (
      <Dialog open onClose={close} title={texts.shown.title}>
        <p className={ui.formText}>{texts.shown.text}</p>
        <Code value={create.data.key} what={texts.shown.what} wrap />
        <DialogFoot>
          <Button onClick={close}>{texts.shown.done}</Button>
        </DialogFoot>
      </Dialog>
    );
  }
  const problem = create.error instanceof ProblemError ? create.error : undefined;
  return (
    <Dialog open={props.open} onClose={close} title={t.title}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const end = String(form.get('expires') ?? '');
          create.mutate({
            name: String(form.get('name')).trim(),
            scopes,
            // The key holds through the whole of its last day, in universal time.
            expiresAt: end ? `${end}T23:59:59Z` : null,
          });
        }}
      >
        {create.error && <Notice tone="bad">{create.error.message}</Notice>}
        <TextInput
          size="sm"
          label={t.name}
          description={t.nameHint}
          name="name"
          required
          withAsterisk={false}
          maxLength={100}
          error={problem?.faultOf('name')}
        />
        <Checkbox.Group
          label={t.scopes}
          value={scopes}
          onChange={setScopes}
          error={problem?.faultOf('scopes')}
        >
          <div className={ui.choices}>
            {Object.entries(texts.scopes).map(([scope, { name, text }]) => (
              <Checkbox key={scope} size="xs" value={scope} label={name} description={text} />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          size="sm"
          type="date"
          label={t.expires}
          description={t.expiresHint}
          name="expires"
          error={problem?.faultOf('expiresAt')}
        />
        <DialogFoot>
          <Button variant="default" onClick={close}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
            {t.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
