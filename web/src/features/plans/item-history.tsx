import { useQuery } from '@tanstack/react-query';
import { dayMonth, instant } from '@/lib/format';
import { texts } from '@/texts/plans';
import { useDesk } from './desk';
import s from './item-panel.module.css';
import { reflowsQuery } from './plans-api';
import type { PlanItem } from './types';

const t = texts.item;

/** When and why its dates moved. */
export function ItemHistory({ item }: { item: PlanItem }) {
  const { customer, plan } = useDesk();
  const { data = [] } = useQuery(reflowsQuery(customer, plan.id));
  const moves = data.flatMap((reflow) =>
    reflow.moves.filter((move) => move.item === item.id).map((move) => ({ reflow, move })),
  );
  return (
    <section className={s.part} aria-label={t.history}>
      <h3 className={s.partTitle}>{t.history}</h3>
      {moves.length === 0 ? (
        <p className={s.note}>{t.neverMoved}</p>
      ) : (
        <ol className={s.links}>
          {moves.map(({ reflow, move }) => (
            <li key={reflow.id} data-going={reflow.undone}>
              <span className={s.linkText}>
                <span className="num">
                  {t.moved(
                    move.from ? dayMonth(move.from.finish) : texts.gantt.noDate,
                    dayMonth(move.to.finish),
                  )}
                </span>
                <small>
                  {reflow.reason}
                  {' · '}
                  {[reflow.by?.name, instant(reflow.at, plan.calendar.timeZone)].filter(Boolean).join(', ')}
                </small>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
