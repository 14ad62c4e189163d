import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import type { Customer, NewCustomer } from '@/api/types';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customers';
import { Code } from '@/ui/copy';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { changeCustomer, createCustomer } from './api';
import { CustomerFields, changeOf } from './customer-fields';

const t = texts.form;

/** Records a new customer, or changes one. After the first the receipt secret is shown, this once. */
export default function CustomerFormDialog(props: {
  open: boolean;
  onClose: () => void;
  customer?: Customer;
}) {
  const { customer } = props;
  const client = useQueryClient();
  // One form makes one customer, however often an answer is lost and Save is pressed again.
  const [key] = useState(() => crypto.randomUUID());
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (form: FormData): Promise<Customer | NewCustomer> =>
      customer
        ? changeCustomer(customer.id, customer.version, changeOf(form))
        : createCustomer(changeOf(form), key),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customers'] });
      if (customer) props.onClose();
    },
  });
  const close = () => {
    save.reset();
    props.onClose();
  };
  const created = save.data && 'receiptSecret' in save.data ? save.data : null;
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  if (created && props.open) {
    return (
      <Dialog open onClose={close} title={texts.secret.title}>
        <p className={ui.formText}>{texts.secret.text(created.name)}</p>
        <Code value={created.receiptSecret} what={texts.secret.what} wrap />
        <DialogFoot>
          <Button
            onClick={() => {
              close();
              navigate({ to: '/customers/$id', params: { id: created.id } });
            }}
          >
            {texts.secret.done}
          </Button>
        </DialogFoot>
      </Dialog>
    );
  }
  return (
    <Dialog open={props.open} onClose={close} title={customer ? t.editTitle : t.newTitle}>
      <form
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(new FormData(event.currentTarget));
        }}
      >
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <CustomerFields customer={customer} problem={problem} />
        <DialogFoot>
          {problem?.status === 412 && (
            <Button
              variant="default"
              onClick={() => {
                client.invalidateQueries({ queryKey: ['customers'] });
                close();
              }}
            >
              {t.reload}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {customer ? common.save : t.create}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
