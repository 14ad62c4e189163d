import { describe, expect, it } from 'vitest';
import type { IngestedEvent } from '@/api/types';
import { arrive, letIn, mostLive, nothingNew } from './live-list';

const event = (index: number) => ({ index, eventId: `e${index}` }) as IngestedEvent;
const indexes = (events: IngestedEvent[]) => events.map((one) => one.index);

describe('new events on their way into a list', () => {
  it('come in newest first', () => {
    const list = arrive(arrive(nothingNew, [event(1), event(2)], false), [event(3)], false);
    expect(indexes(list.taken)).toEqual([3, 2, 1]);
    expect(list.waiting).toEqual([]);
  });

  it('wait while the list is held, and come in together', () => {
    const held = arrive(arrive(nothingNew, [event(1)], false), [event(2), event(3)], true);
    expect(indexes(held.taken)).toEqual([1]);
    expect(indexes(held.waiting)).toEqual([3, 2]);
    expect(indexes(letIn(held).taken)).toEqual([3, 2, 1]);
  });

  it('queue behind those that wait already, so that the order never breaks', () => {
    const held = arrive(arrive(nothingNew, [event(1)], true), [event(2)], false);
    expect(indexes(held.waiting)).toEqual([2, 1]);
    expect(held.taken).toEqual([]);
  });

  it('count once when a reconnect tells them again', () => {
    const list = arrive(
      arrive(nothingNew, [event(1), event(2)], false),
      [event(1), event(2), event(3)],
      false,
    );
    expect(indexes(list.taken)).toEqual([3, 2, 1]);
  });

  it('say that there are too many to keep', () => {
    const many = Array.from({ length: mostLive + 1 }, (_, index) => event(index));
    const list = arrive(nothingNew, many, true);
    expect(list.overflow).toBe(true);
    expect(list.waiting).toHaveLength(mostLive);
    expect(list.waiting[0]?.index).toBe(mostLive);
  });
});
