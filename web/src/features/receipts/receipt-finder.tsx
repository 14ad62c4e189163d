import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconReceipt2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { customersQuery } from '@/api/customers';
import { texts } from '@/texts/receipts';
import { PageHead } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './receipts.module.css';

const t = texts.find;

/** Finds a receipt by the id of its event. `customer` is fixed on the page of a customer. */
export function ReceiptFinder({
  customer,
  event,
  source,
}: {
  customer?: string;
  event?: string;
  source?: string;
}) {
  const navigate = useNavigate();
  const customers = useQuery({ ...customersQuery(), enabled: customer === undefined });
  return (
    <form
      className={s.finder}
      onSubmit={(submit) => {
        submit.preventDefault();
        const form = new FormData(submit.currentTarget);
        const text = (name: string) => String(form.get(name) ?? '').trim();
        navigate({
          to: '/customers/$id/receipts',
          params: { id: customer ?? text('customer') },
          search: { event: text('event') || undefined, source: text('source') || undefined },
        });
      }}
    >
      {customer === undefined && (
        <NativeSelect
          size="sm"
          label={t.customer}
          name="customer"
          required
          withAsterisk={false}
          data={[
            { value: '', label: t.chooseCustomer },
            ...(customers.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      )}
      <TextInput
        size="sm"
        label={t.event}
        description={t.eventHint}
        inputWrapperOrder={['label', 'input', 'description']}
        name="event"
        required
        withAsterisk={false}
        defaultValue={event}
        key={event}
      />
      <TextInput
        size="sm"
        label={t.source}
        description={t.sourceHint}
        inputWrapperOrder={['label', 'input', 'description']}
        name="source"
        defaultValue={source}
      />
      <div>
        <Button type="submit" size="sm" leftSection={<IconReceipt2 size={16} />}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}

export default function FindReceipt() {
  return (
    <div className={ui.page}>
      <PageHead title={t.title} sub={t.sub} />
      <ReceiptFinder />
    </div>
  );
}
