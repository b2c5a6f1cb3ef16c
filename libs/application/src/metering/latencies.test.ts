import { describe, expect, it } from '@jest/globals';
import type { ReleaseEvent, ReleaseFact } from '@spillway/domain-release';
import { aMoment, aReleaseEvent } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, generation, instant } from '@spillway/kernel';
import { hasLatency, latenciesIn } from './latencies.js';

const eu = clusterName('eu');
const us = clusterName('us');

const at = (ms: number, fact: ReleaseFact): ReleaseEvent =>
  aReleaseEvent(fact, { at: instant(aMoment + ms) });

const change = (number: number, weight = 1_000, clusters = [eu, us]) => ({
  generation: generation(number),
  clusters: clusters.map((cluster) => ({ cluster, weight: basisPoints(weight) })),
});

const applied = (number: number, cluster = eu): ReleaseFact => ({
  type: 'trafficApplied',
  cluster,
  generation: generation(number),
});

const shifted = (number: number, clusters = [eu, us]): ReleaseFact => ({
  type: 'trafficShifted',
  traffic: change(number, 1_000, clusters),
});

describe('how long it took until a cluster had it', () => {
  it('counts from the change of that generation in that cluster', () => {
    const history = [
      at(0, shifted(1)),
      at(50, shifted(2, [eu])),
      at(900, applied(2)),
      at(950, applied(1, us)),
    ];
    expect(latenciesIn(history, 2)).toEqual([
      { kind: 'applied', cluster: eu, applied: 'shift', ms: 850 },
      { kind: 'applied', cluster: us, applied: 'shift', ms: 950 },
    ]);
  });

  it('counts from the drift, where it was there before and somebody changed it', () => {
    const drift = { type: 'driftFound', cluster: eu, generation: generation(1) } as const;
    const history = [
      at(0, shifted(1)),
      at(100, applied(1)),
      at(60_000, drift),
      at(60_300, applied(1)),
    ];
    expect(latenciesIn(history, 1)).toEqual([
      { kind: 'applied', cluster: eu, applied: 'heal', ms: 300 },
    ]);
  });

  it('tells a way back from a step', () => {
    const back = { type: 'rollbackStarted', traffic: change(2, 0) } as const;
    const history = [at(0, shifted(1)), at(10, back), at(210, applied(2))];
    expect(latenciesIn(history, 1)).toMatchObject([{ applied: 'rollback', ms: 200 }]);
  });

  it('says nothing of what began before the history that it is given', () => {
    expect(latenciesIn([at(100, applied(7))], 1)).toEqual([]);
  });
});

describe('how long it took until all traffic was back', () => {
  const back = at(0, { type: 'rollbackStarted', traffic: change(2, 0) });

  it('counts from the decision to the end, also of a release that another one supersedes', () => {
    expect(latenciesIn([back, at(400, { type: 'rolledBack' })], 1)).toEqual([
      { kind: 'tookBack', ms: 400 },
    ]);
  });

  it('says nothing of a release that ended without ever taking anything back', () => {
    expect(latenciesIn([at(0, { type: 'cancelled' })], 1)).toEqual([]);
  });
});

it('knows without the history of which events there is nothing to tell', () => {
  expect(hasLatency(at(0, shifted(1)))).toBe(false);
  expect(hasLatency(at(0, applied(1)))).toBe(true);
  expect(hasLatency(at(0, { type: 'rolledBack' }))).toBe(true);
});
