import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowRight, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { instant } from '@/lib/format';
import { texts } from '@/texts/plans';
import { Steps } from '@/ui/derivation';
import { Notice } from '@/ui/notice';
import { Empty, Face, Pill } from '@/ui/primitives';
import { useDesk } from './desk';
import s from './plan-history.module.css';
import { reflowsQuery } from './plans-api';
import type { Reflow } from './types';
import { datesText } from './words';

const t = texts.history;

/** Every move of the plan's dates, with its reason; the newest can be undone. */
export default function PlanHistory() {
  const { customer, plan } = useDesk();
  const { data, error } = useQuery(reflowsQuery(customer, plan.id));
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return <div aria-busy="true" role="status" aria-label={texts.plan.loading} />;
  if (data.length === 0)
    return (
      <Empty icon={<IconHistory size={24} stroke={1.6} />} title={t.noneTitle}>
        {t.none}
      </Empty>
    );
  return (
    <ol className={s.reflows}>
      {data.map((reflow) => (
        <Entry key={reflow.id} reflow={reflow} all={data} />
      ))}
    </ol>
  );
}

function Entry({ reflow, all }: { reflow: Reflow; all: Reflow[] }) {
  const { plan, draft } = useDesk();
  const [busy, setBusy] = useState(false);
  const undoes = all.find((one) => one.id === reflow.undoes);
  const undo = async () => {
    setBusy(true);
    await draft.undoLast();
    setBusy(false);
  };
  return (
    <li className={s.reflow} data-undone={reflow.undone}>
      <Face name={reflow.by?.name ?? 'Cairn'} size={28} />
      <div className={s.body}>
        <div className={s.reason}>
          {undoes ? t.undoes(undoes.reason) : reflow.reason}
          {reflow.undone && <Pill>{t.undone}</Pill>}
        </div>
        <div className={s.meta}>
          {reflow.by?.name ?? 'Cairn'} · {instant(reflow.at, plan.calendar.timeZone)} ·{' '}
          {texts.draft.movesCount(reflow.moves.length)}
        </div>
        {reflow.moves.length > 0 && (
          <details>
            <summary className={s.more}>{t.moves}</summary>
            <ul className={s.moves}>
              {reflow.moves.map((move) => (
                <li key={move.item}>
                  <span>{move.title}</span>
                  <span className="num">
                    {move.from ? datesText(move.from) : texts.gantt.noDate}{' '}
                    <IconArrowRight size={12} role="img" aria-label={texts.draft.becomes} />{' '}
                    {datesText(move.to)}
                  </span>
                  <Steps of={move.why} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {reflow.canBeUndone && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconArrowBackUp size={15} />}
          onClick={() => void undo()}
        >
          {t.undo}
        </Button>
      )}
    </li>
  );
}
