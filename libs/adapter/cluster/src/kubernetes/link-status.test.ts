import type { LinkState } from '@spillway/application';
import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { LinkStatus } from './link-status.js';

const watched = (): { status: LinkStatus; told: LinkState[]; at: (ms: number) => void } => {
  let now = instant(0);
  const told: LinkState[] = [];
  const status = new LinkStatus(['a', 'b'], { now: () => now }, (state) => told.push(state));
  return { status, told, at: (ms) => (now = instant(ms)) };
};

describe('the state of a link', () => {
  it('is connecting until both watches are complete', () => {
    const { status, told, at } = watched();
    status.synced('a');
    expect(status.state).toEqual({ kind: 'connecting', since: 0 });
    at(5);
    status.synced('b');
    expect(told).toEqual([{ kind: 'ready', since: 5 }]);
  });

  it('is unreachable from the first failure of one watch until both are complete again', () => {
    const { status, told, at } = watched();
    status.synced('a');
    status.synced('b');
    at(1);
    status.failed('a', 'lost');
    at(2);
    status.failed('b', 'lost');
    at(3);
    status.synced('a');
    expect(status.state).toEqual({ kind: 'unreachable', since: 1, reason: 'lost' });
    at(4);
    status.synced('b');
    expect(told.map(({ kind, since }) => [kind, since])).toEqual([
      ['ready', 0],
      ['unreachable', 1],
      ['ready', 4],
    ]);
  });

  it('tells a new reason once, and keeps since when it lasts', () => {
    const { status, told, at } = watched();
    status.failed('a', 'lost');
    at(7);
    status.failed('a', 'refused');
    status.failed('a', 'refused');
    expect(told).toEqual([
      { kind: 'unreachable', since: 0, reason: 'lost' },
      { kind: 'unreachable', since: 0, reason: 'refused' },
    ]);
  });

  it('does not know all of a cluster that failed before its first list was complete', () => {
    const { status } = watched();
    status.synced('a');
    status.failed('b', 'lost');
    expect(status.knowsAll).toBe(false);
    status.synced('b');
    status.failed('b', 'lost');
    expect(status.knowsAll).toBe(true);
  });
});
