import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Customer } from '@/api/types';
import { texts } from '@/texts/customers';
import s from './portfolio.module.css';
import { useBulkChange } from './use-bulk-change';
import { plans, stages, stageText } from './words';

const t = texts.portfolio.bulk;

/** What can be done to the selected customers at once; it is there only while something is selected. */
export function BulkBar({ customers, onClear }: { customers: Customer[]; onClear: () => void }) {
  const change = useBulkChange();
  if (customers.length === 0) return null;
  const act = (field: 'stage' | 'plan', value: string, said: string) => {
    onClear();
    change(customers, field, value, said);
  };
  return (
    <section className={`${s.bulk} no-print`} aria-label={t.label}>
      <span className={s.bulkCount} aria-live="polite">
        <b className="num">{customers.length}</b> {t.selected}
      </span>
      <NativeSelect
        size="xs"
        aria-label={t.setStage}
        value=""
        onChange={(event) => {
          const stage = event.currentTarget.value;
          if (stage) act('stage', stage, t.stageChanged(stageText(stage)));
        }}
        data={[
          { value: '', label: t.setStage },
          ...stages.map((value) => ({ value, label: stageText(value) })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t.setPlan}
        value=""
        onChange={(event) => {
          const plan = event.currentTarget.value;
          if (plan) act('plan', plan, t.planChanged(plan));
        }}
        data={[{ value: '', label: t.setPlan }, ...plans]}
      />
      <ActionIcon aria-label={t.clear} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
    </section>
  );
}
