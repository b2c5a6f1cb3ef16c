import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, generation } from '@spillway/kernel';
import { decide } from './decide.js';
import type { ClusterSeen, Observation } from './observation.js';
import type { Release } from './release.js';
import { anObservation, reachable, unreachable } from './testing/an-observation.js';
import { aMoment, aPlan, aRelease } from './testing/index.js';

const look = (release: Release, seen: Observation = anObservation(release)) =>
  decide(release, seen, judgeByThreshold, after(aMoment, 1_000));
const connecting: ClusterSeen = { kind: 'connecting' };

describe('pending', () => {
  const pending = (overrides: Partial<Release> = {}) => aRelease({ rollouts: [], ...overrides });

  it('begins by defining both versions everywhere without weight', () => {
    expect(look(pending({ generation: generation(41) }))).toEqual({
      kind: 'do',
      because: 'defines v1 and v2 in eu, us',
      fact: {
        type: 'preparationStarted',
        traffic: {
          generation: 42,
          clusters: [
            { cluster: 'eu', weight: 0 },
            { cluster: 'us', weight: 0 },
          ],
        },
      },
    });
  });

  it.each<[string, ClusterSeen]>([
    ['it is being connected to', connecting],
    ['its watch is filling', reachable({ stableEndpoints: undefined })],
  ])('does not begin before stable is known to have pods where %s', (_, state) => {
    const seen = anObservation(pending(), { us: state });
    expect(look(pending(), seen)).toEqual({ kind: 'wait', because: 'reads the endpoints of v1' });
  });

  it('is held where stable has no pod: a route would take its traffic from every other', () => {
    const none = reachable({ stableEndpoints: 0 });
    expect(look(pending(), anObservation(pending(), { eu: connecting, us: none }))).toEqual({
      kind: 'do',
      because: 'v1 has no ready endpoint in us',
      fact: {
        type: 'held',
        reason: {
          kind: 'noReadyEndpoints',
          cluster: 'us',
          detail: 'v1 has no ready endpoint in us',
        },
      },
    });
  });

  it('needs no pod of the candidate to begin', () => {
    const seen = anObservation(pending(), { us: reachable({ candidateEndpoints: 0 }) });
    expect(look(pending(), seen)).toMatchObject({ fact: { type: 'preparationStarted' } });
  });

  it.each<[string, ClusterSeen, string]>([
    ['lost', unreachable(), 'clusterUnreachable'],
    ['claimed by somebody else', reachable({ foreign: 'x' }), 'foreignRouting'],
  ])('is held before anything is written while a cluster is %s', (_, state, kind) => {
    expect(look(pending(), anObservation(pending(), { us: state }))).toMatchObject({
      fact: { type: 'held', reason: { kind } },
    });
  });

  it('begins without a cluster that may be lost, and tells it too', () => {
    const release = pending({ plan: aPlan({ maxUnavailableClusters: 1 }) });
    expect(look(release, anObservation(release, { us: unreachable() }))).toMatchObject({
      fact: { type: 'preparationStarted', traffic: { clusters: [{}, { cluster: 'us' }] } },
    });
  });

  it('that was held goes on when nothing stands in the way, and only then', () => {
    const reason = { kind: 'noReadyEndpoints', cluster: 'us', detail: '' } as never;
    const held = pending({ phase: 'held', held: { from: 'pending', reason, since: aMoment } });
    const none = anObservation(held, { us: reachable({ stableEndpoints: 0 }) });
    expect(look(held, none)).toMatchObject({ kind: 'wait' });
    expect(look(held)).toMatchObject({ fact: { type: 'released' } });
  });
});
