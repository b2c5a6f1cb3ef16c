import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  analysisCases,
  analysisVerdicts,
  boundaryFunctions,
  judgeNames,
} from '@spillway/interface-contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { evaluated, type WrittenCase } from '../../testing/evaluated.js';
import { offline } from '../../testing/offline-shell.js';
import { replayReport } from './replay/replay-report.js';

const docs = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../../docs/${path}`, import.meta.url), 'utf8'));

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** What the committed schema says against a value; nothing when it fits. */
function against(name: string): (value: unknown) => string | undefined {
  const validate = ajv.compile(docs(`schemas/${name}.schema.json`) as object);
  return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
}

const cases = docs('examples/analysis-cases.json') as readonly WrittenCase[];
const arms = { candidate: [1, 2, 3], stable: [1, 2, 4] };
const rule = { fractions: [0.5, 1], upper: [3, 2] };

/** One call of every function. */
const calls: Readonly<Record<string, object>> = {
  bestRho: { v: 100 },
  normalMixture: { s: 10, v: 100 },
  gammaExponential: { s: 10, v: 100, c: 2 },
  gammaPoisson: { s: 10, v: 100, c: 2 },
  betaBinomial: { s: 10, v: 100, g: 0.2, h: 0.8 },
  polyStitching: { v: 100, vMin: 10, c: 3 },
  doubleStitching: { p: 0.5, t: 1000 },
  empiricalProcess: { t: 99, tMin: 100 },
  bernoulliInterval: { successes: 0, trials: 0 },
  asymptotic: { t: 1000 },
  msprt: { difference: 0.5, variance: 0.02, tauSquared: 0.01 },
  zRadius: { g: 1, n: 100 },
  tRadius: { g: 1, n: 2, coefficients: 2 },
  countLogE: { x: 60, n: 100, p0: 0.5 },
  splitLogE: { counts: [1, 9], shares: [1, 9] },
  slowLogE: { candidate: 10, stable: 90, slowCandidate: 2, slowStable: 3 },
  quantileAb: { ...arms, p: 0.5 },
  quantileInterval: { values: [1, 2, 3], p: 0.5 },
  histogramQuantile: { quantile: 0.5, upperBounds: [1, 2], counts: [0, 0, 0] },
  sequentialBounds: { fractions: [0.5, 1] },
  spending: { fraction: 0.5 },
  crossingProbabilities: rule,
  driftFor: rule,
  logGamma: { x: 3 },
  logBeta: { a: 1, b: 2 },
  incompleteBeta: { x: 0.5, a: 1, b: 2 },
  incompleteGamma: { x: 1, a: 2 },
  normalCdf: { z: -1 },
  normalQuantile: { p: 0.975 },
  wilcoxonDifference: arms,
};

const written: readonly WrittenCase[] = [
  ...cases,
  ...Object.entries(calls).map(([name, given]) => ({
    judge: 'boundary',
    settings: { function: name, ...given },
  })),
  { judge: 'errorCount', measurements: { looks: [] } },
  { judge: 'split', settings: { shares: [1] }, measurements: { looks: [] } },
  { judge: 'latency', measurements: { upperBounds: [1], looks: [] } },
  { judge: 'mannWhitney', measurements: { candidate: [], stable: [] } },
  { judge: 'kayenta', measurements: { candidate: [], stable: ['Infinity'] } },
  {
    judge: 'kayenta',
    settings: { outliers: { strategy: 'remove', reduceSensitivity: false } },
    measurements: { candidate: [1, 1, 1, 1, 'Infinity'], stable: [1, 2, 1, 2] },
  },
  { judge: 'means', measurements: { candidate: [1e300, -1e300], stable: [1, 2] } },
  { judge: 'kayentaScore', measurements: { metrics: [] } },
  { judge: 'groupSequential', measurements: { looks: [] } },
  { judge: 'msprt', measurements: { looks: [] } },
  { judge: 'means', measurements: { candidate: [], stable: [1] } },
  { judge: 'combine', settings: { method: 'product' }, measurements: { logE: ['-Infinity'] } },
  { judge: 'threshold', settings: { max: 1, dryRun: true }, measurements: { readings: [] } },
  {
    judge: 'forecast',
    settings: { weight: 0, horizon: 'Infinity' },
    measurements: { requestsPerSecond: 1, errorRate: 0 },
  },
];

const isFinite = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isFinite)
    : value !== null;

describe('cases', () => {
  const fault = against('analysis-cases');

  it('of every judge and every function are here', () => {
    const judges = new Set(written.map(({ judge }) => judge));
    expect([...judges].toSorted()).toEqual([...judgeNames].toSorted());
    expect(Object.keys(calls)).toEqual(Object.keys(boundaryFunctions));
  });

  it.each(written)('that are taken fit: %j', (one) => {
    expect(fault([one])).toBeUndefined();
    expect(analysisCases.safeParse([one]).success).toBe(true);
  });

  it.each<[unknown]>([
    [{}],
    [{ judge: 'nobody' }],
    [{ judge: 'errorCount' }],
    [{ judge: 'errorCount', settings: { alhpa: 1 }, measurements: { looks: [] } }],
    [{ judge: 'errorCount', settings: { alpha: 1 }, measurements: { looks: [] } }],
    [{ judge: 'split', measurements: { counts: [1] } }],
    [{ judge: 'kayenta', measurements: { candidate: ['nan'], stable: [] } }],
    [{ judge: 'boundary', settings: { function: 'nothing' } }],
  ])('that are refused do not fit: %j', (one) => {
    expect(fault([one])).toBeDefined();
    expect(analysisCases.safeParse([one]).success).toBe(false);
  });
});

describe('verdicts', () => {
  const fault = against('analysis-verdicts');

  it.each(written)('fit, with every field of the evidence in the schema: %j', async (one) => {
    const verdicts = await evaluated([one]);
    expect(fault(verdicts)).toBeUndefined();
    expect(analysisVerdicts.parse(verdicts)).toEqual(verdicts);
  });

  it('hold no number that JSON does not know', async () => {
    const verdicts = await evaluated(written);
    const lost = verdicts.filter((verdict) => !isFinite(verdict));
    expect(lost).toEqual([]);
  });

  it('do not fit without evidence', () => {
    expect(fault([{ judge: 'errorCount', verdict: 'pass', because: '' }])).toBeDefined();
  });
});

describe('replays', () => {
  it('fit their schema', async () => {
    const csv = 'at,candidate,stable\n10:00,1,2\n10:01,NaN,3\n';
    const { stdout } = await offline('analysis replay --csv a.csv --judge mannWhitney -o json', {
      files: { 'a.csv': csv },
    });
    const report: unknown = JSON.parse(stdout);
    expect(against('analysis-replay')(report)).toBeUndefined();
    expect(replayReport.parse(report)).toEqual(report);
  });
});
