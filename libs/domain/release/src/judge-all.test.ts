import { describe, expect, it } from '@jest/globals';
import { judgeMetric, type Judge, type MetricSpec, type Reading } from '@spillway/domain-analysis';
import { after, basisPoints, clusterName, duration } from '@spillway/kernel';
import { judgeAll } from './analysis.js';
import { decide } from './decide.js';
import type { Release } from './release.js';
import { anObservation } from './testing/an-observation.js';
import { compared, counted, inBake, minutes } from './testing/counted.js';
import { aMoment } from './testing/index.js';

const healthy = counted([600, 3], [5_400, 27]);
/** Ten times the errors. */
const harmful = counted([600, 30], [5_400, 27]);
const empty: Reading = { kind: 'empty' };
const now = after(aMoment, 10 * 60_000);

type Readings = Readonly<Record<string, readonly Reading[]>>;

const judged = (release: Release, ...all: readonly (readonly [string, Readings])[]) => {
  const measurements = all.flatMap(([metric, readings]) => minutes(readings, metric));
  const seen = anObservation(release, {}, measurements);
  return {
    verdicts: judgeAll(release, seen, judgeMetric, now),
    decision: decide(release, seen, judgeMetric, now),
  };
};
const everywhere = (reading: Reading): Readings => ({ eu: [reading], us: [reading] });

describe('evidence of harm', () => {
  it('rolls back, of the cluster that shows most', () => {
    const { decision } = judged(inBake(), ['errors', { eu: [healthy], us: [harmful] }]);
    expect(decision).toMatchObject({
      fact: { type: 'rollbackStarted', verdicts: [{ kind: 'running' }, { kind: 'fail' }] },
      because: expect.stringMatching(
        /^errors in us: candidate 30 of 600 failed, stable 27 of 5,400: 10 times the rate, e = .*; over all clusters and steps e = .*, stop at 100$/,
      ),
    });
  });

  it('that only both clusters show together does too', () => {
    const some = counted([600, 8], [5_400, 27]);
    const alone = judged(inBake(), ['errors', { eu: [some, some], us: [healthy] }]);
    expect(alone.decision.kind).toBe('wait');
    const product = { alpha: 0.01, metrics: 'weight', clusters: 'product' } as const;
    const both = judged(inBake(undefined, { plan: { analysis: product } }), [
      'errors',
      { eu: [some, some], us: [some, some] },
    ]);
    expect(both.decision).toMatchObject({ fact: { type: 'rollbackStarted' } });
  });

  it('is not looked for at 100 %, where errors alone say nothing', () => {
    const all = counted([6_000, 60], [3, 0]);
    const { decision, verdicts } = judged(inBake(undefined, { weight: 10_000 }), [
      'errors',
      { us: [all, all, all] },
    ]);
    expect(decision.kind).toBe('wait');
    expect(verdicts[1]).toMatchObject({ kind: 'pass' });
  });
});

describe('a dry run', () => {
  const dry = (spec: Partial<MetricSpec> = {}) => compared({ name: 'dry', dryRun: true, ...spec });

  it('decides nothing, and says what its evidence would have done', () => {
    const { verdicts, decision } = judged(
      inBake([compared(), dry()]),
      ['errors', everywhere(healthy)],
      ['dry', everywhere(harmful)],
    );
    expect(decision.kind).toBe('wait');
    const [first, ...others] = verdicts.filter(({ evidence }) => evidence.metric === 'dry');
    expect(first).toMatchObject({
      kind: 'pass',
      because: expect.stringMatching(
        /^dry in eu: candidate 30 of 600 failed.*, stop at 200 \(dry run: would roll back\)$/,
      ),
      evidence: { standing: { alpha: 0.005 } },
    });
    expect(others.map(({ kind }) => kind)).toEqual(['pass']);
  });

  it('takes nothing of α from the metrics that decide', () => {
    const { verdicts } = judged(inBake([compared(), dry()]), ['errors', everywhere(healthy)]);
    expect(verdicts[0]?.evidence.standing?.alpha).toBe(0.01);
  });

  it.each<[string, Partial<MetricSpec>, Reading, string]>([
    ['that breaks its bounds', { min: 99 }, harmful, ' (dry run: would roll back)'],
    ['without data', {}, empty, ' (dry run: would hold)'],
    [
      'that nobody can ask',
      { consecutiveErrorLimit: 0 },
      { kind: 'error', message: 'down' },
      ' (dry run: would hold)',
    ],
  ])('%s neither rolls back nor holds', (_, spec, reading, would) => {
    const { verdicts, decision } = judged(inBake([dry(spec)]), ['dry', everywhere(reading)]);
    expect(decision.kind).toBe('wait');
    expect(verdicts[0]).toMatchObject({ kind: 'pass', because: expect.stringContaining(would) });
  });

  it('says nothing of itself while all is well, or nothing is known', () => {
    const { verdicts } = judged(inBake([dry()]), ['dry', { eu: [healthy, healthy, healthy] }]);
    expect(verdicts.map(({ because }) => because).join()).not.toContain('dry run');
  });
});

describe('a metric by Kayenta’s judge', () => {
  const kayenta = compared({
    name: 'k',
    count: 8,
    judge: { kind: 'kayenta', direction: 'increase' },
  });
  const { min: _min, ...unbounded } = kayenta;
  const high = Array.from({ length: 8 }, (_, i): Reading => ({
    kind: 'value',
    candidate: { value: 900 + i },
    stable: { value: 90 + i },
  }));

  it('takes nothing of α, and fails by itself', () => {
    const { verdicts, decision } = judged(
      inBake([compared(), unbounded]),
      ['errors', everywhere(healthy)],
      ['k', { us: high }],
    );
    expect(verdicts[0]?.evidence.standing?.alpha).toBe(0.01);
    expect(decision).toMatchObject({ fact: { type: 'rollbackStarted' } });
    expect(verdicts.at(-1)).toMatchObject({ kind: 'fail', evidence: { metric: 'k' } });
    expect(verdicts.at(-1)?.evidence).not.toHaveProperty('standing');
  });
});

it('counts for a search only what was split as programmed', () => {
  const steps = [
    {
      wave: 0,
      kind: 'bake',
      length: duration(3_600_000),
      toFind: { ratio: 2, power: 0.9 },
      metrics: [compared()],
    } as const,
  ];
  const release = inBake([], { plan: { waves: [[clusterName('eu')]], steps } });
  const fits = counted([600, 3], [5_400, 27]);
  const off = counted([2_000, 10], [4_000, 20]);
  const because = (readings: readonly Reading[]): string => {
    const seen = { ...anObservation(release, {}, minutes({ eu: readings })), isSplitByUs: true };
    return decide(release, seen, judgeMetric, now).because;
  };
  expect(because([fits, fits, fits])).toMatch(/^eu had 3m of traffic, /);
  expect(because([off, fits, fits, fits])).toMatch(/^eu had 3m of traffic, /);
});

it('finds nothing in a search that other users may explain', () => {
  const sticky = { cookie: 'release', lifetime: duration(60_000) };
  const searchFor = (ratio: number) => ({
    wave: 0,
    kind: 'bake' as const,
    length: duration(3_600_000),
    toFind: { ratio, power: 0.9 },
    metrics: [compared()],
  });
  const many = counted([60_000, 300], [540_000, 2_700]);
  const after2 = (ratio: number) => {
    const plan = { waves: [[clusterName('eu')]], steps: [searchFor(ratio)], sticky };
    return judged(inBake([], { plan }), ['errors', { eu: [many, many] }]).decision;
  };
  expect(after2(2).because).toMatch(/in which nothing finds 2 times the errors with 90 %$/);
  expect(after2(20)).toMatchObject({ fact: { type: 'stepCompleted' } });
});

describe('the share of requests that the candidate gets', () => {
  const route = { name: 'testers', match: [{ method: { exact: 'GET' } }] };
  const askedOf = (release: Release, isSplitByUs: boolean): unknown => {
    let found: unknown;
    const judge: Judge = (given, at) => {
      found = given.hasOwnShare;
      return judgeMetric(given, at);
    };
    judgeAll(release, { ...anObservation(release), isSplitByUs }, judge, now);
    return found;
  };
  const routed = {
    ...inBake(),
    rollouts: inBake().rollouts.map((rollout) => ({
      ...rollout,
      desired: { ...rollout.desired, routes: [route] },
    })),
  };
  const sticky = { cookie: 'release', lifetime: duration(60_000) };

  it.each<[string, Release, boolean, boolean]>([
    ['is that of its weight', inBake(), true, false],
    ['may change with people’s own routes', inBake(), false, true],
    ['may change with those whom a route picks', routed, true, true],
    [
      'may change with those who have a cookie',
      inBake(undefined, { plan: { sticky } }),
      true,
      true,
    ],
  ])('%s', (_, release, isSplitByUs, hasOwnShare) => {
    expect(askedOf(release, isSplitByUs)).toBe(hasOwnShare);
  });
});

it('waits for every metric to be measured before a search for harm is over', () => {
  const search = {
    wave: 0,
    kind: 'bake',
    length: duration(3_600_000),
    toFind: { ratio: 5, power: 0.9 },
    metrics: [compared(), compared({ name: 'late', initialDelay: duration(1_800_000) })],
  } as const;
  const plan = { waves: [[clusterName('eu')]], steps: [search] };
  const many = counted([60_000, 300], [540_000, 2_700]);
  const release = inBake([], { plan });
  expect(judged(release, ['errors', { eu: [many, many] }]).decision).toEqual({
    kind: 'wait',
    because: 'waits for a measurement of late in eu',
  });
  const both = judged(release, ['errors', { eu: [many, many] }], ['late', { eu: [many] }]);
  expect(both.decision).toMatchObject({ fact: { type: 'stepCompleted' } });
});

it('gives events without a number that JSON has not, whatever was measured', () => {
  const odd: readonly Reading[] = [
    counted([1, 1], [1, 0]),
    counted([1e12, 1e12], [1e12, 0]),
    counted([0.3, 0.3]),
    { kind: 'value', candidate: { value: NaN }, stable: { value: Infinity } },
    empty,
  ];
  for (const reading of odd) {
    const judges: readonly MetricSpec[] = [
      compared(),
      compared({
        name: 'ranks',
        count: 1,
        judge: { kind: 'mannWhitney', direction: 'either', minPoints: 2 },
      }),
      compared({ name: 'k', count: 1, judge: { kind: 'kayenta', direction: 'either' } }),
    ];
    const release = {
      ...inBake(judges),
      rollouts: inBake(judges, { weight: basisPoints(1) }).rollouts,
    };
    const { verdicts } = judged(
      release,
      ...judges.map(({ name }) => [name, everywhere(reading)] as const),
    );
    expect(JSON.parse(JSON.stringify(verdicts))).toEqual(verdicts);
  }
});
