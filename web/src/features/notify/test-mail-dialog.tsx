import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/deliveries';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { testMail } from './api';

const t = texts.test;

export function TestMailDialog(props: { open: boolean; onClose: () => void }) {
  const test = useMutation({ mutationFn: testMail });
  const close = () => {
    test.reset();
    props.onClose();
  };
  const problem = test.error instanceof ProblemError ? test.error : undefined;
  const failure = test.data?.failure;
  return (
    <Dialog open={props.open} onClose={close} title={t.title}>
      <p className={ui.formText}>{t.text}</p>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate(String(new FormData(event.currentTarget).get('address')).trim());
        }}
      >
        {test.error && <Notice tone="bad">{test.error.message}</Notice>}
        {failure && (
          <Notice tone="bad">
            {failure.detail} {failure.reply && texts.said(failure.reply)}
          </Notice>
        )}
        {test.data?.state === 'sent' && (
          <div role="status">
            <Notice tone="ok">{t.sent(test.variables ?? '')}</Notice>
          </div>
        )}
        <TextInput
          size="sm"
          type="email"
          name="address"
          label={t.address}
          required
          withAsterisk={false}
          error={problem?.faultOf('address')}
        />
        <DialogFoot>
          <Button variant="default" onClick={close}>
            {common.close}
          </Button>
          <Button type="submit" loading={test.isPending}>
            {t.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
