import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, basisPoints, generation } from '@spillway/kernel';
import { decide } from './decide.js';
import { doubtEnds } from './news.js';
import type { ClusterSeen, Observation } from './observation.js';
import type { Phase } from './phase.js';
import type { Release } from './release.js';
import { rollbackFact } from './rollback.js';
import {
  aRunningRelease,
  anObservation,
  reachable,
  unreachable,
  unread,
} from './testing/an-observation.js';
import { aMoment, aPlan } from './testing/index.js';

const now = after(aMoment, 1_000);
const look = (release: Release, seen: Observation) => decide(release, seen, judgeByThreshold, now);
const inForce = { inForce: generation(2) };
const reason = { kind: 'noData', cluster: 'eu', detail: 'none' } as never;
const inPhase = (phase: Phase, weight = 1_000) =>
  aRunningRelease(
    {
      phase,
      ...(phase === 'held' ? { held: { from: 'progressing', reason, since: aMoment } } : {}),
      ...(phase === 'paused' ? { paused: { from: 'progressing', since: aMoment } } : {}),
    },
    weight,
  );

describe('a candidate without a ready endpoint that has traffic', () => {
  const dead: ClusterSeen = reachable({ ...inForce, candidateEndpoints: 0 });

  it.each<Phase>(['progressing', 'held', 'paused', 'promoting', 'baking'])(
    'is rolled back at once while %s',
    (phase) => {
      const release = inPhase(phase);
      expect(look(release, anObservation(release, { us: dead }))).toEqual({
        kind: 'do',
        because: 'v2 has no ready endpoint in us, where it gets a part of the traffic',
        fact: {
          type: 'rollbackStarted',
          traffic: {
            generation: 3,
            clusters: [
              { cluster: 'eu', weight: 0 },
              { cluster: 'us', weight: 0 },
            ],
          },
        },
      });
    },
  );

  it('says when it had all of it', () => {
    const release = inPhase('baking', 10_000);
    expect(look(release, anObservation(release, { us: dead })).because).toContain(
      'gets all of the traffic',
    );
  });

  it.each<[string, ClusterSeen, number]>([
    [
      'while stable could not serve either',
      reachable({ ...inForce, candidateEndpoints: 0, stableEndpoints: 0 }),
      1_000,
    ],
    [
      'while nobody knows whether stable could',
      reachable({ ...inForce, candidateEndpoints: 0, stableEndpoints: undefined }),
      1_000,
    ],
    [
      'while its own endpoints are not known',
      reachable({ ...inForce, candidateEndpoints: undefined }),
      1_000,
    ],
    ['where it has no traffic', dead, 0],
    ['in a cluster that nobody can look into', unreachable(), 1_000],
  ])('is not rolled back %s', (_, state, weight) => {
    const release = inPhase('paused', weight);
    expect(look(release, anObservation(release, { us: state }))).toMatchObject({ kind: 'wait' });
  });

  it('is not rolled back where it never got what it was promised', () => {
    const release = inPhase('paused');
    const rollouts = unread(release.rollouts);
    const seen = anObservation(release, {
      eu: reachable(),
      us: reachable({ candidateEndpoints: 0 }),
    });
    expect(look({ ...release, rollouts }, seen)).toMatchObject({ kind: 'wait' });
  });
});

describe('rolling back', () => {
  const [eu, us] = aRunningRelease().rollouts;
  if (eu === undefined || us === undefined) throw new Error('two clusters');
  const last = generation(3);
  const none = { generation: last, weight: basisPoints(0) };
  const rollingBack = (...rollouts: Release['rollouts']) =>
    aRunningRelease({ phase: 'rollingBack', generation: last, rollouts });
  const done = {
    cluster: eu.cluster,
    wave: 0,
    desired: none,
    applied: { generation: last, at: aMoment },
  };
  const open = { cluster: us.cluster, wave: 0, desired: none };

  it('is over when every cluster that had traffic has read back that it has none', () => {
    const release = rollingBack(done, us);
    expect(look(release, anObservation(release))).toEqual({
      kind: 'do',
      because: 'all traffic is on v1 in every cluster',
      fact: { type: 'rolledBack' },
    });
  });

  it('names the clusters that had traffic and those that were not seen to have what they were told', () => {
    const released = inPhase('progressing', 0);
    const [one, ...others] = released.rollouts;
    if (one === undefined) throw new Error('two clusters');
    const named = (all: Release['rollouts']) => {
      const fact = rollbackFact({ ...released, rollouts: all });
      return 'traffic' in fact ? fact.traffic.clusters : [];
    };
    const had = { ...one, desired: { ...one.desired, weight: basisPoints(1) } };
    expect(named([one, ...others])).toEqual([]);
    expect(named([had, ...others])).toEqual([{ cluster: 'eu', weight: 0 }]);
    expect(named([one, ...unread(others)])).toEqual([{ cluster: 'us', weight: 0 }]);
  });

  it('waits for a cluster whose routing somebody changed, though it had no traffic', () => {
    const { applied: _, ...drifted } = us;
    const release = rollingBack(eu, drifted);
    const seen = anObservation(release, { us: reachable() });
    expect(look(release, seen)).toMatchObject({ because: 'taking traffic back in us' });
  });

  it('is over at once when no cluster had traffic', () => {
    const release = rollingBack(eu, us);
    expect(look(release, anObservation(release))).toMatchObject({ fact: { type: 'rolledBack' } });
  });

  it.each<[string, ClusterSeen, string]>([
    ['that has not read back', reachable(), 'taking traffic back in us'],
    [
      'that is lost, though the plan would put up with it, and says why',
      unreachable(),
      'taking traffic back in us (connection refused)',
    ],
    ['that somebody else claims', reachable({ foreign: 'x' }), 'taking traffic back in us'],
  ])('waits for a cluster %s', (_, state, because) => {
    const release = { ...rollingBack(done, open), plan: aPlan({ maxUnavailableClusters: 1 }) };
    expect(look(release, anObservation(release, { us: state }))).toEqual({ kind: 'wait', because });
  });

  it('notes what clusters read back, and asks nothing else', () => {
    const release = rollingBack(done, open);
    expect(look(release, anObservation(release))).toMatchObject({
      fact: { type: 'trafficApplied', cluster: 'us', generation: 3 },
    });
  });
});

describe('the routing of a cluster', () => {
  it.each<Phase>([
    'preparing',
    'progressing',
    'held',
    'paused',
    'promoting',
    'baking',
    'rollingBack',
  ])('is noted while %s as soon as it is in force, and as soon as it is not', (phase) => {
    const release = inPhase(phase);
    const drift = reachable({ drift: 'kubectl-edit made weight 50 instead of 10' });
    expect(look(release, anObservation(release, { us: drift }))).toEqual({
      kind: 'do',
      because: 'the routing in us was changed: kubectl-edit made weight 50 instead of 10',
      fact: { type: 'driftFound', cluster: 'us', generation: 2 },
    });
    const rollouts = unread(release.rollouts);
    expect(look({ ...release, rollouts }, anObservation(release))).toEqual({
      kind: 'do',
      because: 'eu has generation 2',
      fact: { type: 'trafficApplied', cluster: 'eu', generation: 2 },
    });
  });

  it('is gone when nobody can say what changed', () => {
    const release = inPhase('paused');
    const seen = anObservation(release, { us: reachable() });
    expect(look(release, seen).because).toBe('the routing in us was changed: it is gone');
  });

  it('is not called changed for a second after its read-back: another watch may lag behind', () => {
    const release = inPhase('paused');
    const seen = anObservation(release, { us: reachable({ drift: 'the VirtualService is gone' }) });
    const at = (ms: number) => decide(release, seen, judgeByThreshold, after(aMoment, ms));
    expect(at(0)).toMatchObject({ kind: 'wait' });
    expect(at(999)).toMatchObject({ kind: 'wait' });
    expect(at(1_000)).toMatchObject({ fact: { type: 'driftFound', cluster: 'us' } });
    expect(doubtEnds(release, seen, aMoment)).toBe(after(aMoment, 1_000));
    expect(doubtEnds(release, seen, after(aMoment, 1_000))).toBeUndefined();
    expect(doubtEnds(release, anObservation(release), aMoment)).toBeUndefined();
  });

  it.each<[string, ClusterSeen]>([
    ['lost', unreachable()],
    ['being connected to', { kind: 'connecting' }],
  ])('is not called changed in a cluster that is %s', (_, state) => {
    const release = inPhase('paused');
    expect(look(release, anObservation(release, { us: state }))).toMatchObject({ kind: 'wait' });
  });
});
