import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IngestedEvent } from '@/api/types';
import { type LiveState, openLive } from './live-source';

/** What a browser's EventSource does, driven by the test. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 0;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  tell(name: string, data?: unknown) {
    this.dispatchEvent(
      data === undefined ? new Event(name) : new MessageEvent(name, { data: JSON.stringify(data) }),
    );
  }
}

/** Locks of one browser: the first who asks has it until the promise is over. */
class Locks {
  private tail = Promise.resolve();
  request(_: string, options: { signal: AbortSignal }, use: () => Promise<void>) {
    const turn = this.tail.then(() =>
      options.signal.aborted ? Promise.reject(options.signal.reason) : use(),
    );
    this.tail = turn.catch(() => {});
    return turn;
  }
}

const event = (index: number) => ({ index, eventId: `e${index}` }) as IngestedEvent;
const stops: (() => void)[] = [];

function open(after?: number) {
  const seen: number[] = [];
  const states: LiveState[] = [];
  let gaps = 0;
  const stop = openLive({ customer: 'cus_1' }, after, {
    onEvent: (one) => seen.push(one.index),
    onState: (state) => states.push(state),
    onGap: () => gaps++,
  });
  stops.push(stop);
  return { seen, states, gaps: () => gaps, stop };
}

beforeEach(() => {
  Source.all = [];
  vi.stubGlobal('EventSource', Source);
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('one window', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}));

  it('asks for what came after the newest event that it knows, and says when it is live', () => {
    const window = open(41);
    expect(Source.all[0]?.url).toBe('/v1/events/stream?customer=cus_1&after=41');
    Source.all[0]?.tell('open');
    Source.all[0]?.tell('recorded', event(42));
    expect(window.seen).toEqual([42]);
    expect(window.states).toEqual(['connecting', 'live']);
  });

  it('leaves a lost connection to the browser, which sends the last id', () => {
    const window = open();
    Source.all[0]?.tell('error');
    expect(window.states.at(-1)).toBe('reconnecting');
    expect(Source.all).toHaveLength(1);
    Source.all[0]?.tell('open');
    expect(window.states.at(-1)).toBe('live');
  });

  it('asks again after a while where the browser gives up, from where it was', () => {
    vi.useFakeTimers();
    const window = open(1);
    Source.all[0]?.tell('recorded', event(7));
    Source.all[0]?.close();
    Source.all[0]?.tell('error');
    expect(window.gaps()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(Source.all[1]?.url).toContain('after=7');
    Source.all[1]?.close();
    Source.all[1]?.tell('error');
    vi.advanceTimersByTime(1_000);
    expect(Source.all).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(Source.all).toHaveLength(3);
  });

  it('ends when the server says that access is over', () => {
    const window = open();
    Source.all[0]?.tell('end', { code: 'access-ended' });
    expect(window.states.at(-1)).toBe('ended');
    expect(Source.all[0]?.readyState).toBe(Source.CLOSED);
  });
});

describe('several windows of one browser', () => {
  beforeEach(() => vi.stubGlobal('navigator', { locks: new Locks() }));

  it('share one connection, and the next one goes on when the first is gone', async () => {
    const first = open(1);
    const second = open(1);
    await vi.waitFor(() => expect(Source.all).toHaveLength(1));
    Source.all[0]?.tell('open');
    Source.all[0]?.tell('recorded', event(2));
    await vi.waitFor(() => expect(second.seen).toEqual([2]));
    expect(first.seen).toEqual([2]);
    expect(second.states.at(-1)).toBe('live');
    first.stop();
    await vi.waitFor(() => expect(Source.all).toHaveLength(2));
    expect(Source.all[0]?.readyState).toBe(Source.CLOSED);
    expect(Source.all[1]?.url).toContain('after=2');
  });

  it('tell a window that joins late to look for what it missed', async () => {
    open(1);
    await vi.waitFor(() => expect(Source.all).toHaveLength(1));
    Source.all[0]?.tell('open');
    const late = open(1);
    await vi.waitFor(() => expect(late.states).toContain('live'));
    expect(late.gaps()).toBeGreaterThan(0);
  });
});
