import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, duration, type ClusterName } from '@spillway/kernel';
import { eu, us } from '../testing/index.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { Patience } from './patience.js';

const clock = new VirtualClock(aMoment);
const never = new Promise<string>(() => undefined);
let patience: Patience;
let endPause: () => void;
let pauses: AbortSignal[];

const inTime = (asked: readonly (readonly [ClusterName, Promise<string>])[]) =>
  patience.inTime(new Map(asked));

beforeEach(() => {
  pauses = [];
  patience = new Patience({
    clock,
    pause: (_length, signal) => {
      pauses.push(signal);
      return new Promise((end) => (endPause = end));
    },
  });
});

describe('clusters that are asked together', () => {
  it('wait for each other, and no longer', async () => {
    const answers = await inTime([
      [eu, Promise.resolve('one')],
      [us, Promise.resolve('two')],
    ]);
    expect([...answers]).toEqual([
      [eu, 'one'],
      [us, 'two'],
    ]);
    expect(pauses.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('go on without one that hangs, and do not wait for it the next time', async () => {
    const first = inTime([
      [eu, Promise.resolve('one')],
      [us, never],
    ]);
    endPause();
    expect([...(await first)]).toEqual([[eu, 'one']]);
    expect(patience.isOverWith(us)).toBe(true);
    const next = await inTime([
      [eu, Promise.resolve('one')],
      [us, never],
    ]);
    expect([...next]).toEqual([[eu, 'one']]);
  });

  it('take one that fails for one that did not answer', async () => {
    const answers = await inTime([
      [eu, Promise.resolve('one')],
      [us, Promise.reject(new Error('no'))],
    ]);
    expect([...answers]).toEqual([[eu, 'one']]);
    expect(patience.isOverWith(us)).toBe(true);
  });
});

it('waits for a single one as long as it takes', async () => {
  expect([...(await inTime([[eu, Promise.resolve('one')]]))]).toEqual([[eu, 'one']]);
  expect(pauses).toEqual([]);
});

it.each([
  [500, false],
  [501, true],
])('has lost patience with one that took %d ms: %s', async (ms, isOver) => {
  const answer = patience.ask(eu, async () => {
    await clock.advanceTo(after(clock.now(), duration(ms)));
    return 'one';
  });
  expect(await answer).toBe('one');
  expect(patience.isOverWith(eu)).toBe(isOver);
});
