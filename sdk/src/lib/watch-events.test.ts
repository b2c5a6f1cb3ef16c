import { describe, expect, it } from '@jest/globals';
import { SpillwayUnreachable } from '../core/errors.js';
import type { Release, ReleaseEvent } from '../types.js';
import { watchEvents, type Followed } from './watch-events.js';

const anEvent = (sequence: number) => ({ sequence }) as ReleaseEvent;

/** At each change the history is so long; a negative length means that nobody answers. */
function history(...lengths: number[]): Followed {
  let at = 0;
  return {
    async *watch() {
      for (const [index] of lengths.entries()) {
        at = lengths[index] ?? 0;
        yield { final: index === lengths.length - 1 } as Release;
      }
    },
    async *events(_, { after }) {
      if (at < 0) throw new SpillwayUnreachable('http://spillway.test', { cause: 'down' });
      for (let sequence = after + 1; sequence <= at; sequence += 1) yield anEvent(sequence);
    },
  };
}

async function seen(events: AsyncIterable<ReleaseEvent>): Promise<number[]> {
  const sequences: number[] = [];
  for await (const { sequence } of events) sequences.push(sequence);
  return sequences;
}

describe('watchEvents', () => {
  it('gives every event once and in order, however many a change brings', async () => {
    expect(await seen(watchEvents(history(2, 2, 5, 6), 'r', {}))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('begins after the one that was read last', async () => {
    expect(await seen(watchEvents(history(2, 4), 'r', { after: 3 }))).toEqual([4]);
  });

  it('makes up for what could not be read for a while', async () => {
    expect(await seen(watchEvents(history(1, -1, 4), 'r', {}))).toEqual([1, 2, 3, 4]);
  });

  it('does not end as if all had been read when the last ones were not', async () => {
    await expect(seen(watchEvents(history(1, -1), 'r', {}))).rejects.toBeInstanceOf(
      SpillwayUnreachable,
    );
  });
});
