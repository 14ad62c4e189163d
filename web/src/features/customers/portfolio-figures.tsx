import type { Customer } from '@/api/types';
import { count, daysUntil, fromNow, money, shortCount } from '@/lib/format';
import { texts } from '@/texts/customers';
import { Figures } from '@/ui/facts';
import { isRenewingSoon, valueByCurrency } from './portfolio-list';
import { isOnTheWay } from './words';

const t = texts.portfolio.figures;

export function PortfolioFigures({ customers, now }: { customers: Customer[]; now: number }) {
  const [largest, ...others] = valueByCurrency(customers);
  const renewing = customers.filter((one) => isRenewingSoon(one, now));
  const next = renewing.reduce<Customer | null>(
    (first, one) => (!first || (one.renewalDate ?? '') < (first.renewalDate ?? '') ? one : first),
    null,
  );
  const silent = customers.filter((one) => one.counts.events === 0).length;
  return (
    <Figures
      items={[
        {
          label: t.value,
          value: largest ? money(largest) : '–',
          note: largest ? others.map((sum) => `+ ${money(sum)}`).join(' ') : t.noValue,
        },
        {
          label: t.onboarding,
          value: count(customers.filter((one) => isOnTheWay(one.stage)).length),
          note: t.onboardingNote,
        },
        {
          label: t.renewing,
          value: count(renewing.length),
          note: next?.renewalDate
            ? t.renewingNext(next.name, fromNow(daysUntil(next.renewalDate, now)))
            : t.renewingNone,
        },
        {
          label: t.events,
          value: shortCount(customers.reduce((sum, one) => sum + one.counts.events, 0)),
          note: silent > 0 ? t.silent(silent) : t.allSend,
        },
      ]}
    />
  );
}
