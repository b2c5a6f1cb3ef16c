import { describe, expect, it } from '@jest/globals';
import { aCreatedEvent, aRelease, aReleaseEvent, aMoment } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, generation, instant } from '@spillway/kernel';
import { occurrencesIn } from './occurrences.js';

const cluster = clusterName('eu');
const one = generation(1);
const release = aRelease({ phase: 'progressing' });

describe('what events come to', () => {
  it('a new release is one that came from nowhere', () => {
    expect(occurrencesIn({ release, events: [aCreatedEvent(release)] })).toEqual([
      { kind: 'moved', to: 'progressing' },
    ]);
  });

  it('a release of which it is not known how it was is no new one', () => {
    expect(occurrencesIn({ release, events: [aReleaseEvent({ type: 'paused' })] })).toEqual([]);
  });

  it('a refusal, and drift with whether it is healed', () => {
    const events = [
      aReleaseEvent({ type: 'writeRefused', cluster, generation: one, detail: 'no' }),
      aReleaseEvent({ type: 'driftFound', cluster, generation: one }),
      aReleaseEvent({ type: 'driftFound', cluster, generation: one, detail: 'kubectl changed it' }),
    ];
    expect(occurrencesIn({ release, events })).toEqual([
      { kind: 'writeRefused', cluster },
      { kind: 'driftFound', cluster, isHealed: true },
      { kind: 'driftFound', cluster, isHealed: false },
    ]);
  });

  it('the time that proxies took, from when their API server had it', () => {
    const desired = { generation: one, weight: basisPoints(1_000) };
    const rollout = { cluster, wave: 0, desired, applied: { generation: one, at: aMoment } };
    const event = aReleaseEvent(
      { type: 'trafficDistributed', cluster, generation: one, proxies: 3 },
      { at: instant(aMoment + 700) },
    );
    const events = [event];
    expect(occurrencesIn({ release: { ...release, rollouts: [rollout] }, events })).toEqual([
      { kind: 'distributed', cluster, ms: 700 },
    ]);
  });
});
