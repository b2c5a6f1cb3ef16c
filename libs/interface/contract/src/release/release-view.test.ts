import { describe, expect, it } from '@jest/globals';
import type { HoldReason, ReleaseFact, TrafficChange } from '@spillway/domain-release';
import { aMetric, aMoment, aPlan, aRelease } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, duration, generation, instant } from '@spillway/kernel';
import { eventView, toEventView } from './event-view.js';
import { releaseView, toReleaseView } from './release-view.js';

const eu = clusterName('eu');
const noData: HoldReason = { kind: 'noData', cluster: eu, detail: 'no requests for 2m' };

describe('toReleaseView', () => {
  it('says where the release is in every cluster, in percent', () => {
    const at = instant(aMoment + 2_000);
    const view = toReleaseView(
      aRelease({
        phase: 'progressing',
        cursor: { index: 2, started: true, enteredAt: aMoment },
        rollouts: [
          {
            cluster: eu,
            wave: 0,
            desired: { generation: generation(3), weight: basisPoints(1_050) },
            applied: { generation: generation(3), at },
          },
          {
            cluster: clusterName('us'),
            wave: 0,
            desired: {
              generation: generation(3),
              weight: basisPoints(1_050),
              routes: [{ name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] }],
              mirror: { share: basisPoints(50), methods: 'safe' },
            },
            refused: 'denied by policy',
            drifted: 'kubectl changed it',
          },
        ],
      }),
    );
    expect(releaseView.parse(view)).toEqual(view);
    expect(view.progress).toEqual({ stepIndex: 2, steps: 4, current: 'wave 1: set 50 %' });
    expect(view.rollouts).toEqual([
      {
        cluster: 'eu',
        wave: 0,
        weight: 10.5,
        routes: [],
        generation: 3,
        applied: true,
        appliedAt: '2026-01-05T10:00:02.000Z',
        verified: { level: 'readBack', at: '2026-01-05T10:00:02.000Z' },
      },
      {
        cluster: 'us',
        wave: 0,
        weight: 10.5,
        routes: [{ name: 'testers', description: 'x-tester is yes' }],
        mirror: { percent: 0.5, methods: 'safe' },
        generation: 3,
        applied: false,
        verified: { level: 'pending' },
        refused: 'denied by policy',
        drifted: 'kubectl changed it',
      },
    ]);
  });

  it('shows a generation that is not the desired one as not applied', () => {
    const desired = { generation: generation(4), weight: basisPoints(0) };
    const applied = { generation: generation(3), at: aMoment };
    const view = toReleaseView(
      aRelease({ rollouts: [{ cluster: eu, wave: 0, desired, applied }] }),
    );
    expect(view.rollouts[0]?.applied).toBe(false);
  });

  it('gives the plan with its steps in words', () => {
    const steps = [
      { wave: 0, kind: 'setWeight', weight: basisPoints(1) },
      { wave: 0, kind: 'bake', length: duration(90_000), metrics: [aMetric()] },
      { wave: 0, kind: 'pause' },
      { wave: 0, kind: 'analyze', metrics: [aMetric({ name: 'p99' })] },
      { wave: 0, kind: 'route', route: { name: 'get', match: [{ method: { exact: 'GET' } }] } },
      { wave: 0, kind: 'removeRoute', name: 'get' },
      { wave: 0, kind: 'mirror', mirror: { share: basisPoints(2_500), methods: 'all' } },
    ] as const;
    const { plan } = toReleaseView(
      aRelease({
        plan: aPlan({
          steps,
          sticky: { cookie: 'release', lifetime: duration(3_600_000) },
          drift: 'hold',
          verify: 'distributed',
          bakeAfterPromotion: { length: duration(60_000), metrics: [] },
        }),
      }),
    );
    expect(plan).toEqual({
      waves: [{ clusters: ['eu', 'us'] }],
      steps: [
        { wave: 0, kind: 'setWeight', weight: 0.01, metrics: [], description: 'set 0.01 %' },
        {
          wave: 0,
          kind: 'bake',
          duration: '1m30s',
          metrics: ['success-rate'],
          description: 'bake for 1m30s',
        },
        { wave: 0, kind: 'pause', metrics: [], description: 'pause until resumed' },
        { wave: 0, kind: 'analyze', metrics: ['p99'], description: 'analyze p99' },
        { wave: 0, kind: 'route', metrics: [], description: 'route get: method is GET' },
        { wave: 0, kind: 'removeRoute', metrics: [], description: 'remove route get' },
        { wave: 0, kind: 'mirror', metrics: [], description: 'send copies of 25 %' },
      ],
      maxUnavailableClusters: 0,
      rollBack: 'everywhere',
      sticky: { cookie: 'release', lifetime: '1h' },
      drift: 'hold',
      verify: 'distributed',
      bakeAfterPromotion: '1m',
    });
  });

  it('says why it waits, and until when', () => {
    const held = toReleaseView(
      aRelease({ phase: 'held', held: { from: 'progressing', reason: noData, since: aMoment } }),
    );
    expect(held.held).toEqual({
      kind: 'noData',
      clusters: ['eu'],
      detail: 'no requests for 2m',
      since: '2026-01-05T10:00:00.000Z',
    });
    const until = instant(aMoment + 60_000);
    const paused = { from: 'progressing', since: aMoment, until } as const;
    expect(toReleaseView(aRelease({ phase: 'paused', paused })).paused).toEqual({
      since: '2026-01-05T10:00:00.000Z',
      until: '2026-01-05T10:01:00.000Z',
    });
  });

  it('is final with its end and without a current step', () => {
    const cursor = { index: 4, started: false, enteredAt: aMoment };
    const view = toReleaseView(aRelease({ phase: 'succeeded', endedAt: aMoment, cursor }));
    expect(view).toMatchObject({ final: true, endedAt: '2026-01-05T10:00:00.000Z' });
    expect(view.progress).toEqual({ stepIndex: 4, steps: 4 });
  });
});

describe('toEventView', () => {
  const viewOf = (fact: ReleaseFact) =>
    toEventView({
      sequence: 2,
      event: { ...fact, because: 'b', actor: 'spillway', at: aMoment },
      hash: 'h',
    });
  const traffic: TrafficChange = {
    generation: generation(3),
    clusters: [
      {
        cluster: eu,
        weight: basisPoints(2_500),
        routes: [{ name: 'get', match: [{ method: { exact: 'GET' } }] }],
        mirror: { share: basisPoints(100), methods: 'all' },
      },
    ],
  };
  const cases: readonly [ReleaseFact, object][] = [
    [{ type: 'stepStarted', index: 1 }, { step: 1 }],
    [
      { type: 'trafficShifted', traffic },
      {
        traffic: {
          generation: 3,
          clusters: [
            {
              cluster: 'eu',
              weight: 25,
              routes: [{ name: 'get', description: 'method is GET' }],
              mirror: { percent: 1, methods: 'all' },
            },
          ],
        },
      },
    ],
    [
      { type: 'writeRefused', cluster: eu, generation: generation(3), detail: 'denied' },
      { cluster: 'eu', generation: 3, detail: 'denied' },
    ],
    [
      { type: 'driftFound', cluster: eu, generation: generation(3), detail: 'kubectl did' },
      { cluster: 'eu', generation: 3, detail: 'kubectl did' },
    ],
    [{ type: 'held', reason: noData }, { held: { kind: 'noData', clusters: ['eu'] } }],
    [{ type: 'resumed' }, { verdicts: [] }],
  ];

  it.each(cases)('tells what belongs to $type', (fact, expected) => {
    const view = viewOf(fact);
    expect(eventView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ sequence: 2, type: fact.type, because: 'b', ...expected });
  });

  it('tells the verdicts with their figures', () => {
    const evidence = {
      metric: 'success-rate',
      cluster: eu,
      measured: 3,
      passed: 1,
      failed: 2,
      belowMinSample: 0,
      empty: 0,
      notANumber: 0,
      consecutiveErrors: 0,
      lastValue: 91.5,
      requests: 300,
    };
    const verdicts = [{ kind: 'fail', because: '2 of 3 failed', evidence }] as const;
    expect(viewOf({ type: 'rollbackStarted', traffic, verdicts }).verdicts).toEqual(verdicts);
  });
});
