import { describe, expect, it } from '@jest/globals';
import { judgeMetric, type MetricSpec, type Reading, type Sample } from '@spillway/domain-analysis';
import { after, basisPoints, duration, sourceName } from '@spillway/kernel';
import { activeMetrics } from './active-metrics.js';
import { judgeAll } from './analysis.js';
import { obey } from './command/index.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';
import { seriesOf } from './series.js';
import { splitsOf } from './split-verdicts.js';
import { anObservation } from './testing/an-observation.js';
import { compared, counted, inBake, minutes } from './testing/counted.js';
import { aMoment, aReleaseEvent } from './testing/index.js';
import { obeyed } from './testing/obeyed.js';

/** 10 % of 6,000 requests a minute, of which half a percent fail. */
const asProgrammed = counted([604, 3], [5_396, 27]);
const third = counted([2_000, 10], [4_000, 20]);
const at = (n: number) => after(aMoment, n * 60_000);

const seeing = (
  release: Release,
  readings: Readonly<Record<string, readonly Reading[]>>,
  change: Partial<Observation> = {},
): Observation => ({
  ...anObservation(release, {}, minutes(readings)),
  isSplitByUs: true,
  ...change,
});
const look = (
  release: Release,
  readings: Readonly<Record<string, readonly Reading[]>>,
  change: Partial<Observation> = {},
) => {
  const seen = seeing(release, readings, change);
  const now = at(Math.max(...Object.values(readings).map(({ length }) => length)));
  return {
    decision: decide(release, seen, judgeMetric, now),
    verdicts: judgeAll(release, seen, judgeMetric, now),
  };
};
const isMismatch = (...args: Parameters<typeof look>): boolean =>
  look(...args).verdicts.some(({ kind }) => kind === 'splitNotInForce');

describe('requests that are not split as programmed', () => {
  it('hold the release, with their numbers less what may have been retried', () => {
    expect(look(inBake(), { eu: [asProgrammed], us: [third] }).decision).toMatchObject({
      fact: { type: 'held', reason: { kind: 'splitNotInForce', cluster: 'us' } },
      because: expect.stringMatching(
        /^us: candidate got 1,990 of 5,990 requests \(33.22 %, programmed 10 %\)/,
      ),
    });
  });

  it('are a verdict of their own, and nothing is compared in that cluster', () => {
    const { verdicts } = look(inBake(), { eu: [asProgrammed], us: [third] });
    expect(verdicts).toMatchObject([
      { kind: 'splitNotInForce', evidence: { metric: 'split', cluster: 'us', requests: 5_990 } },
      { evidence: { cluster: 'eu', comparison: { judge: 'errorCount' } } },
      { evidence: { cluster: 'us' } },
    ]);
    expect(verdicts[2]?.evidence).not.toHaveProperty('comparison');
  });

  it('never roll back, however bad the candidate looks', () => {
    const awful = counted([2_000, 1_000], [4_000, 20]);
    const { min: _min, ...unbounded } = compared();
    const kayenta: MetricSpec = {
      ...unbounded,
      name: 'success',
      count: 10,
      judge: { kind: 'kayenta', direction: 'decrease' },
    };
    const readings = Array.from({ length: 10 }, (_, i) => counted([2_000, 1_000 + i], [4_000, i]));
    expect(look(inBake([unbounded]), { us: [awful] }).decision).toMatchObject({
      fact: { type: 'held' },
    });
    const release = inBake([unbounded, kayenta]);
    const both = [...minutes({ us: readings }), ...minutes({ us: readings }, 'success')];
    const seen = { ...anObservation(release, {}, both), isSplitByUs: true };
    expect(decide(release, seen, judgeMetric, at(10))).toMatchObject({ fact: { type: 'held' } });
    expect(decide(release, { ...seen, isSplitByUs: false }, judgeMetric, at(10))).toMatchObject({
      fact: { type: 'rollbackStarted' },
    });
  });

  it('leave the bounds of a metric in force', () => {
    const bound = compared({ min: 99 });
    const bad = counted([2_000, 200], [4_000, 20]);
    expect(look(inBake([bound]), { us: [bad] }).decision).toMatchObject({
      fact: { type: 'rollbackStarted' },
      because: expect.stringContaining('must be at least 99 %'),
    });
  });
});

describe('requests that are split as programmed', () => {
  it('are none of its business', () => {
    const { decision, verdicts } = look(inBake(), { eu: [asProgrammed], us: [asProgrammed] });
    expect(decision.kind).toBe('wait');
    expect(verdicts.map(({ evidence }) => evidence.metric)).toEqual(['errors', 'errors']);
  });

  it('look so also when the candidate fails and is retried', () => {
    // 600 requests of which 30 % fail, each tried up to three times: 834 attempts.
    const storm = counted([834, 250], [5_400, 27]);
    const all = { us: [storm, storm, storm] };
    expect(isMismatch(inBake(), all)).toBe(false);
    expect(look(inBake(), all).decision).toMatchObject({ fact: { type: 'rollbackStarted' } });
    expect(isMismatch(inBake(), { us: [counted([834, 0], [5_400, 27])] })).toBe(true);
  });

  it('look so also when stable fails and is retried, or both do', () => {
    expect(isMismatch(inBake(), { us: [counted([600, 0], [7_506, 2_252])] })).toBe(false);
    expect(isMismatch(inBake(), { us: [counted([834, 250], [7_506, 2_252])] })).toBe(false);
    expect(isMismatch(inBake(), { us: [counted([600, 0], [7_506, 0])] })).toBe(true);
  });

  it('do not look so when errors explain a part of it only', () => {
    expect(isMismatch(inBake(), { us: [counted([2_000, 100], [4_000, 20])] })).toBe(true);
  });
});

describe('is not judged', () => {
  const route = { name: 'testers', match: [{ method: { exact: 'GET' } }] };
  const mirror = { share: basisPoints(5_000), methods: 'all' } as const;
  const exposed = (desired: object): Release => {
    const release = inBake();
    const rollouts = release.rollouts.map((rollout) => ({
      ...rollout,
      desired: { ...rollout.desired, ...desired },
    }));
    return { ...release, rollouts };
  };
  const sticky = { cookie: 'release', lifetime: duration(60_000) };

  it.each<[string, Release]>([
    ['where cookies keep clients', inBake(undefined, { plan: { sticky } })],
    ['beside match routes', exposed({ routes: [route] })],
    ['beside copies', exposed({ weight: basisPoints(0), mirror })],
    ['at 0 %', exposed({ weight: basisPoints(0) })],
    ['at 100 %', exposed({ weight: basisPoints(10_000) })],
  ])('%s', (_, release) => {
    expect(isMismatch(release, { us: [third] })).toBe(false);
  });

  it('where people’s routes or pods have a say', () => {
    expect(isMismatch(inBake(), { us: [third] }, { isSplitByUs: false })).toBe(false);
  });

  it('by windows that count requests twice', () => {
    const { judge: _judge, ...spec } = compared({ window: duration(120_000) });
    expect(isMismatch(inBake([spec]), { us: [third] })).toBe(false);
  });

  it('by what others count, who may count one version more than the other', () => {
    const source = sourceName('datadog');
    const others: readonly MetricSpec['query'][] = [
      { kind: 'pushed', metric: 'checkout' },
      { kind: 'sourceCounts', source, requests: '{{version}}', errors: '{{version}}' },
    ];
    for (const query of others) {
      expect(isMismatch(inBake([compared({ query })]), { us: [third] })).toBe(false);
    }
  });
});

describe('requests are counted', () => {
  const histogram = ({ requests = 0 }: Sample) => ({ upperBounds: [1], counts: [requests, 0] });
  const timed = (reading: Reading): Reading => {
    if (reading.kind !== 'value' || reading.stable === undefined) return reading;
    const { candidate, stable } = reading;
    const only = (of: Sample): Sample => ({
      value: 1,
      requests: of.requests ?? 0,
      histogram: histogram(of),
    });
    return { kind: 'value', candidate: only(candidate), stable: only(stable) };
  };
  const latency: MetricSpec = compared({
    name: 'latency',
    query: { kind: 'requestLatency', quantile: 0.9 },
    judge: { kind: 'latency', maxRatio: 1, minRequests: 1 },
  });
  const custom: MetricSpec = (() => {
    const { judge: _judge, ...spec } = compared({ name: 'queue' });
    return { ...spec, query: { kind: 'promql', template: 'up' } };
  })();
  const storm = counted([834, 250], [5_400, 27]);

  it('by the metric that knows failures, wherever it stands', () => {
    const release = inBake([custom, latency, compared()]);
    const measurements = [
      ...minutes({ us: [{ kind: 'value', candidate: { value: 3 } }] }, 'queue'),
      ...minutes({ us: [timed(storm)] }, 'latency'),
      ...minutes({ us: [storm] }),
    ];
    expect(isMismatch(release, { us: [] }, { measurements })).toBe(false);
    const off = [...minutes({ us: [timed(third)] }, 'latency'), ...minutes({ us: [third] })];
    expect(isMismatch(release, { us: [] }, { measurements: off })).toBe(true);
  });

  it('by latencies where nothing else counts them', () => {
    const measurements = minutes({ us: [timed(third)] }, 'latency');
    expect(isMismatch(inBake([custom, latency]), { us: [] }, { measurements })).toBe(true);
  });
});

describe('a release that is held for its split', () => {
  const held = (): Release => {
    const { decision } = look(inBake(), { us: [third] });
    if (decision.kind !== 'do') throw new Error('it is held');
    return evolve(inBake(), aReleaseEvent(decision.fact, { at: at(1) }));
  };

  it('waits as long as it is so, whatever the numbers are by then', () => {
    expect(look(held(), { us: [third, third] }).decision.kind).toBe('wait');
  });

  const followedBy = (...later: readonly Reading[]) => ({ us: [third, third, ...later] });

  it('goes on by itself when twice as many requests fit as it took to see that they did not', () => {
    expect(look(held(), followedBy(asProgrammed)).decision.kind).toBe('wait');
    expect(look(held(), followedBy(asProgrammed, asProgrammed)).decision).toMatchObject({
      fact: { type: 'released' },
    });
  });

  it('does not when they are off again, nor while they are a little', () => {
    expect(isMismatch(held(), followedBy(asProgrammed, third, asProgrammed))).toBe(true);
    const little = counted([780, 4], [5_220, 26]);
    const looks = Array.from({ length: 40 }, () => little);
    for (let count = 2; count <= looks.length; count += 1) {
      expect(isMismatch(inBake(), { us: looks.slice(0, count) })).toBe(true);
    }
  });

  it('is compared anew then: what failed before was another share of requests', () => {
    // Everybody fails for a minute, at another split than the programmed one.
    const outage = counted([2_000, 400], [4_000, 800]);
    const readings = { us: [outage, asProgrammed, asProgrammed, asProgrammed] };
    const { verdicts } = look(inBake(), readings);
    const of = verdicts.find(({ evidence }) => evidence.cluster === 'us')?.evidence;
    expect(of?.comparison?.candidate).toEqual({ n: 3 * 604, errors: 9 });
    expect(of?.measured).toBe(4);
  });

  it('says since when requests are split as programmed', () => {
    const release = inBake();
    const seen = seeing(release, followedBy(asProgrammed, asProgrammed));
    const [, us] = splitsOf(release, activeMetrics(release), seriesOf(seen.measurements), seen);
    expect(us).toEqual({ cluster: 'us', inForceSince: at(2) });
  });

  it('is followed anew where an earlier look counted something else', () => {
    const release = inBake();
    const fitting = seeing(release, { us: [asProgrammed, asProgrammed, asProgrammed] });
    const mismatchAfter = (reading: Reading) => {
      const [first, ...others] = fitting.measurements;
      const series = seriesOf(first === undefined ? [] : [{ ...first, reading }, ...others]);
      return splitsOf(release, activeMetrics(release), series, fitting)[1]?.mismatch;
    };
    expect(mismatchAfter(asProgrammed)).toBeUndefined();
    expect(mismatchAfter(counted([9_000, 0], [1_000, 0]))).toBeDefined();
    expect(mismatchAfter(asProgrammed)).toBeUndefined();
  });

  it('counts anew when somebody resumes it', () => {
    const fact = obeyed(held(), { verb: 'resume', comment: '' });
    const resumed = evolve(held(), aReleaseEvent(fact, { at: at(2) }));
    expect(resumed.phase).toBe('progressing');
    expect(isMismatch(resumed, { us: [third, third] })).toBe(false);
    expect(isMismatch(resumed, { us: [third, third, third] })).toBe(true);
  });

  it('can be promoted or aborted by hand', () => {
    expect(obey(held(), { verb: 'promote', comment: '' })).toMatchObject({
      value: { type: 'promotionStarted' },
    });
    expect(obey(held(), { verb: 'abort', comment: '' })).toMatchObject({
      value: { type: 'rollbackStarted' },
    });
  });
});
