import { describe, expect, it } from '@jest/globals';
import { eventHash, noHash } from '@spillway/application/testing';
import type { ReleaseEvent } from '@spillway/domain-release';
import { historyProblems, type EventRow } from './check-history.js';
import type { Told } from './scenario.js';

const shift = (generation: number, weight: number) => ({
  traffic: { generation, clusters: [{ cluster: 'eu-west', weight }] },
});
const plan = {
  waves: [['eu-west']],
  steps: [{ wave: 0, kind: 'setWeight', weight: 1_000 }],
};
const story = [
  { type: 'created', plan },
  { type: 'preparationStarted', ...shift(1, 0) },
  { type: 'stepStarted', index: 0 },
  { type: 'trafficShifted', ...shift(2, 1_000) },
  { type: 'stepCompleted', index: 0 },
  { type: 'rollbackStarted', ...shift(3, 0), because: 'aborted by ci: abort of r1' },
  { type: 'rolledBack' },
];

const told: Told = {
  id: 'r1',
  service: { name: 'catalog', ownership: 'managed' },
  scenario: 'aborted',
  strategy: 'waiting',
  candidate: 'v2',
  stable: 'v1',
  phase: 'rolledBack',
  endedRight: true,
  accepted: [{ verb: 'abort', comment: 'abort of r1', at: 0 }],
};

function rowsOf(events: readonly object[]): EventRow[] {
  let hash = noHash;
  return events.map((fields, i) => {
    const event = { because: '', ...fields } as unknown as ReleaseEvent;
    hash = eventHash(hash, event);
    return { release: 'r1', sequence: i + 1, event, hash };
  });
}

const changed = (at: number, fields: object): readonly object[] =>
  story.map((event, i) => (i === at ? { ...event, ...fields } : event));

describe('the check of a history', () => {
  it('has nothing to say of one that is whole', () => {
    expect(historyProblems(told, rowsOf(story))).toEqual([]);
  });

  it.each<[string, readonly EventRow[], string]>([
    ['a missing event', rowsOf(story).toSpliced(1, 1), 'its events are 1,3,4,5,6,7'],
    ['a step twice', rowsOf([...story.slice(0, 3), ...story.slice(2)]), 'happened to 0,0'],
    ['too much traffic', rowsOf(changed(3, shift(2, 2_000))), 'gets 2000 where 1000'],
    ['traffic after the way back', rowsOf(changed(6, shift(4, 1))), 'gets 1 where 0'],
    ['generations out of order', rowsOf(changed(3, shift(5, 1_000))), 'generations are 1,5,3'],
    ['a command that is lost', rowsOf(changed(5, { because: '' })), 'is 0 times in its history'],
  ])('finds %s', (_what, rows, problem) => {
    expect(historyProblems(told, rows)).toContainEqual(expect.stringContaining(problem));
  });

  it('finds an event that was changed', () => {
    const rows = rowsOf(story);
    const first = rows[0];
    if (first === undefined) throw new Error('there is one');
    const forged = { ...first, event: { ...first.event, because: 'otherwise' } };
    expect(historyProblems(told, [forged, ...rows.slice(1)])).toEqual([
      'release r1: the hash of event 1 is another one',
    ]);
  });
});
