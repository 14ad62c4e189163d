import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { dayMonth } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { texts } from '@/texts/plans';
import { Face } from '@/ui/primitives';
import s from './board.module.css';
import { useDesk } from './desk';
import type { ItemState, PlanItem } from './types';

const t = texts.board;
const columns: readonly ItemState[] = ['open', 'in-progress', 'done', 'cancelled'];
const neighbour = (state: ItemState, by: number) => columns[columns.indexOf(state) + by];

/** Items by state. A card goes to another column by a drag, or with Shift and an arrow. */
export default function Board() {
  const { plan, change, announce } = useDesk();
  const board = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<ItemState>();
  useKeys([
    { keys: 'up/down', label: t.keys.cards },
    { keys: 'shift+left/right', label: t.keys.move },
    { keys: 'enter', label: t.keys.open },
  ]);
  const shown = columns.filter(
    (state) => state !== 'cancelled' || plan.items.some((item) => item.state === state),
  );
  const put = async (item: PlanItem, state: ItemState | undefined) => {
    if (!state || state === item.state) return;
    announce(t.movedTo(item.title, texts.states[state]));
    await change(item, { state }, { said: texts.change.stateSet(item.title, texts.states[state]) });
    // The card is another element in its new column; the focus goes with it.
    board.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(item.id)}"]`)?.focus();
  };
  const drop = (event: DragEvent, state: ItemState) => {
    event.preventDefault();
    setOver(undefined);
    const item = plan.items.find((one) => one.id === event.dataTransfer.getData('text/plain'));
    if (item) void put(item, state);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section ref={board} className={s.board} aria-label={t.label} tabIndex={0}>
      {shown.map((state) => {
        const items = plan.items
          .filter((item) => item.state === state)
          .toSorted((left, right) => left.finish.localeCompare(right.finish));
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: Shift and an arrow is the keyboard's way
          <div
            key={state}
            className={s.column}
            data-over={over === state}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(state);
            }}
            onDragLeave={() => setOver(undefined)}
            onDrop={(event) => drop(event, state)}
          >
            <h3 className={s.head} id={`column-${state}`}>
              {texts.states[state]} <span className="num">{items.length}</span>
            </h3>
            <ul className={s.cards} aria-labelledby={`column-${state}`}>
              {items.map((item) => (
                <Card key={item.id} item={item} onPut={(by) => void put(item, neighbour(state, by))} />
              ))}
              {items.length === 0 && <li className={s.nothing}>{t.nothing[state]}</li>}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function Card({ item, onPut }: { item: PlanItem; onPut: (by: number) => void }) {
  const { open, tinted, selected, spanOf } = useDesk();
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
    const own = event.currentTarget;
    const column = (one: Element) => one.closest('ul');
    const beside = cards.filter((one) => column(one) === column(own));
    const at = beside.indexOf(own);
    if (event.shiftKey && event.key === 'ArrowRight') onPut(1);
    else if (event.shiftKey && event.key === 'ArrowLeft') onPut(-1);
    else if (event.key === 'ArrowDown') beside[at + 1]?.focus();
    else if (event.key === 'ArrowUp') beside[at - 1]?.focus();
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const lists = [...document.querySelectorAll(`.${s.cards}`)];
      const by = event.key === 'ArrowRight' ? 1 : -1;
      const there = lists[lists.indexOf(own.closest('ul') as Element) + by];
      const list = there ? [...there.querySelectorAll<HTMLElement>('[data-card]')] : [];
      list[Math.min(at, list.length - 1)]?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <li>
      <button
        type="button"
        className={s.card}
        draggable
        data-card={item.id}
        data-tinted={tinted.has(item.id)}
        data-selected={selected === item.id}
        aria-label={t.card(
          item.title,
          dayMonth(spanOf(item).finish),
          texts.states[item.state],
          item.owner?.name,
        )}
        onDragStart={(event) => {
          event.dataTransfer.setData('text/plain', item.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onClick={() => open(item.id)}
        onKeyDown={onKeyDown}
      >
        <span className={s.title}>{item.title}</span>
        <span className={s.facts}>
          <span className="num" data-late={item.late}>
            {dayMonth(spanOf(item).finish)}
          </span>
          {item.effortHours ? <span className="num">{texts.hours(item.effortHours)}</span> : null}
          {item.checklist.length > 0 && (
            <span className="num">
              {item.checklist.filter((one) => one.done).length}/{item.checklist.length}
            </span>
          )}
          {item.owner && (
            <span className={s.face} aria-hidden>
              <Face name={item.owner.name} size={20} />
            </span>
          )}
        </span>
        {item.state === 'in-progress' && (
          <span className={s.bar} aria-hidden>
            <i style={{ width: `${item.percentDone}%` }} />
          </span>
        )}
      </button>
    </li>
  );
}
