import { useQuery } from '@tanstack/react-query';
import { decimal, weekdayDay } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Derivation } from '@/ui/derivation';
import { Dialog } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { TimeChart } from '@/ui/time-chart';
import ui from '@/ui/ui.module.css';
import { useDesk } from './desk';
import { progressQuery } from './plans-api';

const t = texts.progress;

/** Planned against earned work over time, and how each figure of the plan's head came about. */
export default function ProgressDialog({ onClose }: { onClose: () => void }) {
  const { customer, plan, today } = useDesk();
  const { data, error } = useQuery(progressQuery(customer, plan.id));
  return (
    <Dialog side open onClose={onClose} title={t.title}>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data && !error && <div aria-busy="true" role="status" aria-label={texts.plan.loading} />}
      {data && (
        <div className={ui.stack}>
          <TimeChart
            kind="lines"
            label={t.chart}
            times={data.curve.map((one) => one.date)}
            series={[
              { name: t.planned, tone: 'mute', values: data.curve.map((one) => one.planned) },
              {
                name: t.earned,
                tone: 'accent',
                values: data.curve.map((one) => (one.date <= today ? one.earned : null)),
              },
            ]}
            format={(value) => `${decimal(Math.round(value * 10) / 10)} %`}
            formatTime={(at) => (at ? weekdayDay(at) : '')}
          />
          {Object.values(data.derivations).map((derivation) => (
            <Derivation key={derivation.question} of={derivation} />
          ))}
        </div>
      )}
    </Dialog>
  );
}
