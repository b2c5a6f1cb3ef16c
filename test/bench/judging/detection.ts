import {
  defaultAnalysisPolicy,
  defaultErrorCountSettings,
  judgeErrorCounts,
  type AnalysisPolicy,
} from '@spillway/domain-analysis';
import { coursesOf, firstHarm } from './guard.js';
import { randomOf } from './random.js';
import type { MetricName } from './specs.js';
import { canary, traffic, type Harm, type Step } from './traffic.js';

const lookSeconds = 10;

/** One cell of the published table: 100 requests a second, 0.5 % of them fail, α = 0.01. */
export interface BareCell {
  readonly weight: number;
  readonly ratio: number;
  readonly looks: number;
  /** Seconds; of 200 simulated releases each. */
  readonly published: { readonly median: number; readonly p90: number };
}

const cell = (weight: number, ratio: number, median: number, p90: number): BareCell => ({
  weight,
  ratio,
  looks: Math.ceil((5 * p90) / lookSeconds),
  published: { median, p90 },
});

export const bareCells: readonly BareCell[] = [
  cell(0.05, 2, 785, 1490),
  cell(0.05, 3, 200, 450),
  cell(0.05, 5, 70, 140),
  cell(0.1, 1.5, 1260, 2652),
  cell(0.1, 2, 430, 861),
  cell(0.1, 3, 120, 240),
  cell(0.1, 5, 40, 80),
  cell(0.25, 2, 160, 320),
  cell(0.25, 3, 60, 100),
  cell(0.5, 2, 130, 240),
  cell(0.5, 3, 50, 90),
];

const requests = 1_000;
const baseRate = 0.005;

/** The error-count judge by itself in one cluster, without steps and other metrics. */
export function bareDetection(
  seed: number,
  release: number,
  { weight, ratio, looks: length }: BareCell,
): number | null {
  const { binomial } = randomOf(seed, release);
  const looks = Array.from({ length }, () => {
    const own = binomial(requests, weight);
    return {
      candidate: { requests: own, errors: binomial(own, baseRate * ratio) },
      stable: { requests: requests - own, errors: binomial(requests - own, baseRate) },
    };
  });
  const { worse } = judgeErrorCounts({ looks }, defaultErrorCountSettings).evidence;
  return worse === undefined ? null : worse.look * lookSeconds;
}

/** Detection by a whole release: α = 0.01 shared by four metrics, three clusters, steps. */
export interface GuardedCell {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly harm: Harm;
  readonly metric: MetricName;
  readonly clusters: AnalysisPolicy['clusters'];
}

/** The other metrics are not simulated: they show nothing, and keep their shares of α. */
export function guardedDetection(
  seed: number,
  release: number,
  { steps, harm, metric, clusters }: GuardedCell,
): number | null {
  const withLatencies = metric === 'latency';
  const looks = traffic({ seed, release, clusters: 3, steps, harm, withLatencies });
  const policy = { ...defaultAnalysisPolicy, alpha: 0.01, clusters };
  const found = firstHarm(coursesOf(looks, steps, [metric]), policy);
  return found === undefined ? null : found.look * lookSeconds;
}

const fixed: readonly Step[] = [{ weight: 0.1, looks: 360 }];

const guarded = (
  metric: MetricName,
  harm: Harm,
  rest: Partial<GuardedCell> & Pick<GuardedCell, 'name'>,
): GuardedCell => ({ metric, harm, steps: canary, clusters: 'average', ...rest });

export const guardedCells: readonly GuardedCell[] = [
  ...[1.5, 2, 3, 5, 10].map((errors) =>
    guarded('errors', { errors }, { name: `errors ×${errors}` }),
  ),
  ...[2, 5].map((errors) =>
    guarded(
      'errors',
      { errors },
      { name: `errors ×${errors}, product over clusters`, clusters: 'product' },
    ),
  ),
  ...[2, 5].map((errors) =>
    guarded('errors', { errors }, { name: `errors ×${errors}, 10 % for an hour`, steps: fixed }),
  ),
  ...[2, 4].map((tail) => guarded('latency', { tail }, { name: `p99 ×${tail}, same median` })),
  guarded('latency', { tail: 4 }, { name: 'p99 ×4, same median, 10 % for an hour', steps: fixed }),
  ...[1, 2, 3].map((cpu) => guarded('cpu', { cpu }, { name: `gauge +${cpu} deviations` })),
  ...[1, 2, 3].map((cpu) =>
    guarded('cpu', { cpu }, { name: `gauge +${cpu} deviations, 10 % for an hour`, steps: fixed }),
  ),
];
