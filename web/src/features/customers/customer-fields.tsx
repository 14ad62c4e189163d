import { NativeSelect, TextInput } from '@mantine/core';
import type { ProblemError } from '@/api/http';
import type { Customer } from '@/api/types';
import { texts } from '@/texts/customers';
import ui from '@/ui/ui.module.css';
import type { CustomerChange } from './api';
import { plans, slaTiers, stages, stageText, verticals, verticalText } from './words';

const t = texts.form;
const zones = Intl.supportedValuesOf('timeZone');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The members of the form as the API takes them; an empty field is a null. */
export function changeOf(form: FormData): CustomerChange {
  const text = (name: string) => String(form.get(name) ?? '').trim() || null;
  const amount = text('acv.amount');
  return {
    name: text('name') ?? '',
    industry: text('industry'),
    vertical: text('vertical'),
    plan: text('plan'),
    slaTier: text('slaTier'),
    stage: text('stage'),
    timeZone: text('timeZone'),
    acv: amount ? { amount, currency: text('acv.currency') ?? '' } : null,
    contractStart: text('contractStart'),
    contractEnd: text('contractEnd'),
    renewalDate: text('renewalDate'),
    tags: (text('tags') ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
}

export function CustomerFields({ customer, problem }: { customer?: Customer; problem?: ProblemError }) {
  const field = (name: string) => ({ size: 'sm' as const, name, error: problem?.faultOf(name) });
  const choice = (values: string[], say = (value: string) => value) => [
    { value: '', label: t.notSet },
    ...values.map((value) => ({ value, label: say(value) })),
  ];
  return (
    <>
      <TextInput
        {...field('name')}
        label={t.name}
        required
        withAsterisk={false}
        defaultValue={customer?.name}
      />
      <div className={ui.formRow}>
        <TextInput {...field('industry')} label={t.industry} defaultValue={customer?.industry ?? ''} />
        <NativeSelect
          {...field('vertical')}
          label={t.vertical}
          defaultValue={customer?.vertical ?? ''}
          data={choice(verticals, verticalText)}
        />
      </div>
      <div className={ui.formRow}>
        <NativeSelect
          {...field('plan')}
          label={t.plan}
          defaultValue={customer?.plan ?? ''}
          data={choice(plans)}
        />
        <NativeSelect
          {...field('slaTier')}
          label={t.slaTier}
          defaultValue={customer?.slaTier ?? ''}
          data={choice(slaTiers)}
        />
      </div>
      <div className={ui.formRow}>
        <NativeSelect
          {...field('stage')}
          label={t.stage}
          defaultValue={customer?.stage ?? 'onboarding'}
          data={stages.map((value) => ({ value, label: stageText(value) }))}
        />
        <TextInput
          {...field('timeZone')}
          label={t.timeZone}
          defaultValue={customer?.timeZone ?? ownZone}
          list="time-zones"
        />
        <datalist id="time-zones">
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <div className={ui.formRow}>
        <TextInput
          {...field('acv.amount')}
          error={problem?.faultOf('acv/amount') ?? problem?.faultOf('acv')}
          label={t.acvAmount}
          inputMode="decimal"
          pattern="\d+(\.\d+)?"
          defaultValue={customer?.acv?.amount ?? ''}
        />
        <TextInput
          {...field('acv.currency')}
          error={problem?.faultOf('acv/currency')}
          label={t.acvCurrency}
          maxLength={3}
          pattern="[A-Z]{3}"
          defaultValue={customer?.acv?.currency ?? 'GBP'}
        />
      </div>
      <div className={ui.formRow}>
        <TextInput
          {...field('contractStart')}
          type="date"
          label={t.contractStart}
          defaultValue={customer?.contractStart ?? ''}
        />
        <TextInput
          {...field('contractEnd')}
          type="date"
          label={t.contractEnd}
          defaultValue={customer?.contractEnd ?? ''}
        />
      </div>
      <div className={ui.formRow}>
        <TextInput
          {...field('renewalDate')}
          type="date"
          label={t.renewalDate}
          defaultValue={customer?.renewalDate ?? ''}
        />
        <TextInput
          {...field('tags')}
          label={t.tags}
          placeholder={t.tagsHint}
          defaultValue={customer?.tags.join(', ') ?? ''}
        />
      </div>
    </>
  );
}
