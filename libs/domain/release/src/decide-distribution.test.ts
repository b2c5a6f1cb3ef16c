import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, basisPoints, clusterName, duration, generation } from '@spillway/kernel';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { Observation } from './observation.js';
import type { Plan, Step } from './plan.js';
import type { Release, Rollout } from './release.js';
import { aRunningRelease, anObservation, unreachable } from './testing/an-observation.js';
import { aMoment, aPlan, aReleaseEvent } from './testing/index.js';

const soon = after(aMoment, 1_000);
const [eu, us] = [clusterName('eu'), clusterName('us')];
const last = generation(2);
const bake: Step = { wave: 1, kind: 'bake', length: duration(0), metrics: [] };
const cursor = { index: 0, started: true, enteredAt: aMoment };
const look = (release: Release, now = soon, seen: Observation = anObservation(release)) =>
  decide(release, seen, judgeByThreshold, now);
const proven: Partial<Rollout> = { distributed: { at: aMoment, proxies: 3 } };

const verifying = (
  overrides: Partial<Release> = {},
  plan: Partial<Plan> = {},
  rollout: Partial<Rollout> = {},
): Release =>
  aRunningRelease(
    { plan: aPlan({ steps: [bake], verify: 'distributed', ...plan }), cursor, ...overrides },
    0,
    rollout,
  );

const distributed = (release: Release, cluster = eu): Release =>
  evolve(
    release,
    aReleaseEvent({ type: 'trafficDistributed', cluster, generation: last, proxies: 3 }),
  );

describe('a plan that verifies distribution', () => {
  it('waits for the proxies of each cluster in play, until its patience ends', () => {
    expect(look(verifying())).toEqual({
      kind: 'wait',
      because:
        'waits for the proxies of eu to have generation 2, the proxies of us to have generation 2',
      wakeUp: after(aMoment, 60_000),
    });
  });

  it('does not prepare on the word of the API server alone', () => {
    const release = verifying({ phase: 'preparing' });
    expect(look(release)).toMatchObject({ kind: 'wait', wakeUp: after(aMoment, 60_000) });
    const both = distributed(distributed(release), us);
    expect(look(both)).toMatchObject({ fact: { type: 'prepared' } });
  });

  it('does not promote before the proxies have it', () => {
    const release = verifying({ phase: 'promoting' }, {}, {});
    const all = {
      ...release,
      rollouts: release.rollouts.map((one) => ({
        ...one,
        desired: { ...one.desired, weight: basisPoints(10_000) },
      })),
    };
    expect(look(all)).toMatchObject({ kind: 'wait' });
    expect(look(distributed(distributed(all), us))).toMatchObject({ kind: 'do' });
  });

  it('goes on when they have it', () => {
    expect(look(verifying({}, {}, proven))).toMatchObject({ fact: { type: 'stepCompleted' } });
  });

  it('waits for no cluster whose turn has not come', () => {
    const first: Step = { ...bake, wave: 0 };
    const plan = { waves: [[eu], [us]], steps: [first] };
    const release = distributed(verifying({}, plan));
    expect(look(release)).toMatchObject({ fact: { type: 'stepCompleted' } });
  });

  it('waits for no cluster that cannot be reached where one may be lost', () => {
    const release = distributed(verifying({}, { maxUnavailableClusters: 1 }));
    const seen = anObservation(release, { us: unreachable() });
    expect(look(release, soon, seen)).toMatchObject({ fact: { type: 'stepCompleted' } });
  });

  it('holds a minute after the read-back, with what is known of the proxies', () => {
    const late = after(aMoment, 60_000);
    const release = distributed(verifying(), us);
    expect(look(release, late)).toMatchObject({
      fact: {
        type: 'held',
        reason: {
          kind: 'notDistributed',
          cluster: eu,
          detail: 'the proxies of eu are not known to have generation 2',
        },
      },
    });
    const detail = 'gw-0.istio-system does not have catalog.0f3a9c1e.g2';
    const told = evolve(
      release,
      aReleaseEvent({ type: 'trafficDelayed', cluster: eu, generation: last, detail }),
    );
    expect(look(told, late)).toMatchObject({ fact: { type: 'held', reason: { detail } } });
  });

  it('ends the hold when they have it after all', () => {
    const late = after(aMoment, 90_000);
    const reason = { kind: 'notDistributed', cluster: eu, detail: 'behind' } as const;
    const held = { from: 'progressing', reason, since: aMoment } as const;
    const release = distributed(distributed(verifying({ phase: 'held', held })), us);
    expect(look(release, late)).toMatchObject({ fact: { type: 'released' } });
  });

  it('takes traffic back without waiting for any proxy', () => {
    const release = verifying({ phase: 'rollingBack' });
    expect(look(release)).toMatchObject({ fact: { type: 'rolledBack' } });
  });
});

it('asks no proxy where the strategy does not', () => {
  const { verify: _, ...plan } = verifying().plan;
  expect(look(aRunningRelease({ plan, cursor }))).toMatchObject({
    fact: { type: 'stepCompleted' },
  });
});

describe('what is known of the proxies', () => {
  it('is noted beside the read-back, and ends what was said of a delay', () => {
    const late = evolve(
      verifying(),
      aReleaseEvent({ type: 'trafficDelayed', cluster: eu, generation: last, detail: 'behind' }),
    );
    const [first] = distributed(late).rollouts;
    expect(first).toMatchObject({
      applied: { generation: 2 },
      distributed: { at: aMoment, proxies: 3 },
    });
    expect(first).not.toHaveProperty('delayed');
  });

  it('is forgotten with the next generation, and when the routing drifts', () => {
    const release = distributed(verifying());
    const drifted = evolve(
      release,
      aReleaseEvent({ type: 'driftFound', cluster: eu, generation: last }),
    );
    expect(drifted.rollouts[0]).not.toHaveProperty('distributed');
    const clusters = [{ cluster: eu, weight: basisPoints(1_000) }];
    const shifted = evolve(
      release,
      aReleaseEvent({ type: 'trafficShifted', traffic: { generation: generation(3), clusters } }),
    );
    expect(shifted.rollouts[0]).not.toHaveProperty('distributed');
  });

  it.each<[string, Partial<Rollout>]>([
    ['is drifted', { applied: { generation: generation(1), at: aMoment } }],
    ['is a newer one', { desired: { generation: generation(3), weight: basisPoints(0) } }],
  ])('changes nothing where what is applied %s', (_, rollout) => {
    const { applied: __, ...bare } = { ...verifying().rollouts[0] } as Rollout;
    const release = verifying({ rollouts: [{ ...bare, ...rollout }] });
    const event = { cluster: eu, generation: last, detail: '90 of 100' };
    const after = evolve(release, aReleaseEvent({ type: 'trafficObserved', ...event }));
    expect(after.rollouts).toEqual(release.rollouts);
  });

  it('keeps that counted requests were split as the routing says', () => {
    const event = { cluster: eu, generation: last, detail: '10.2 % of 5000 requests' };
    const [first] = evolve(
      distributed(verifying()),
      aReleaseEvent({ type: 'trafficObserved', ...event }),
    ).rollouts;
    expect(first).toMatchObject({
      distributed: { proxies: 3 },
      observed: { at: aMoment, detail: '10.2 % of 5000 requests' },
    });
  });
});
