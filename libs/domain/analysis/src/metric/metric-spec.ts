import type { Duration, SourceName } from '@spillway/kernel';

/** What is measured. Values: success rate in percent, latency in milliseconds, PromQL as the query says. */
export type MetricQuery =
  | { readonly kind: 'requestSuccessRate' }
  | { readonly kind: 'requestLatency'; /** 0 < quantile < 1 */ readonly quantile: number }
  | {
      readonly kind: 'promql';
      /** May use `queryVariables`; must give one number. */
      readonly template: string;
    }
  /** One number, asked of a source in its own language. */
  | { readonly kind: 'source'; readonly source: SourceName; readonly value: string }
  /** Requests and failed requests, asked of a source in its own language. */
  | {
      readonly kind: 'sourceCounts';
      readonly source: SourceName;
      readonly requests: string;
      readonly errors: string;
    }
  /** What was pushed under a name: numbers, or requests with their errors. */
  | { readonly kind: 'pushed'; readonly metric: string };

/** Whether a query counts all that the mesh served. Others may count a sample, and more of one version than of the other. */
export const countsEveryRequest = ({ kind }: MetricQuery): boolean =>
  kind === 'requestSuccessRate' || kind === 'requestLatency';

/** Which change of a value is harm. */
export type Direction = 'increase' | 'decrease' | 'either';

/**
 * How candidate and stable are compared, besides the bounds. Evidence of harm fails the metric when
 * it exceeds the metric's share of the release's α; see `AnalysisPolicy`.
 */
export type MetricJudge =
  /** Failed requests; looks as often as it likes. */
  | {
      readonly kind: 'errorCount';
      /** How many times stable's error rate is still no harm; 1 or more. */
      readonly maxRatio: number;
      /** Requests of the candidate in a step below which it does not pass. */
      readonly minRequests: number;
      /** Passes only when the ratio of the error rates is shown to be below this. */
      readonly nonInferiorityMargin?: number;
    }
  /** Requests by latency; catches a worse tail behind an equal median. */
  | { readonly kind: 'latency'; readonly maxRatio: number; readonly minRequests: number }
  /** Any value, by ranks, at each `count` measurements. */
  | {
      readonly kind: 'mannWhitney';
      readonly direction: Direction;
      /** Points of each version below which it says nothing. */
      readonly minPoints: number;
    }
  /** As Kayenta judges: once for each `count` measurements, without a correction for looks. */
  | { readonly kind: 'kayenta'; readonly direction: Direction };

/** Judges whose verdict may be asked for at any time without spending more of α. */
export const isAnytimeValid = ({ kind }: MetricJudge): boolean =>
  kind === 'errorCount' || kind === 'latency';

/** What to do while a metric has no samples. `error` is not "no data" and never uses this. */
export type NoDataPolicy =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'fail' }
  | {
      readonly kind: 'hold';
      readonly deadline: Duration;
      readonly then: 'rollback' | 'pause';
    };

/** One metric of an analysis, judged in each cluster on its own. */
export interface MetricSpec {
  readonly name: string;
  readonly query: MetricQuery;
  /** Inclusive bounds; at least one is present where nothing is compared. */
  readonly min?: number;
  readonly max?: number;
  readonly initialDelay: Duration;
  /** Time from one measurement to the next. */
  readonly interval: Duration;
  /** How far one measurement looks back. Never reaches before the weight was live. */
  readonly window: Duration;
  /** Conclusive measurements that a verdict needs. */
  readonly count: number;
  /** The analysis fails when more measurements than this have failed. */
  readonly failureLimit: number;
  /** The analysis is inconclusive when more measurements than this say nothing. Absent: `noData` alone decides. */
  readonly inconclusiveLimit?: number;
  /** The analysis is inconclusive when more queries in a row than this have gone wrong. */
  readonly consecutiveErrorLimit: number;
  /** Requests of the candidate in the window below which a measurement says nothing. */
  readonly minSample: number;
  readonly noData: NoDataPolicy;
  /** Absent: each measurement is held against the bounds, and nothing is compared. */
  readonly judge?: MetricJudge;
  /** Its share of the release's α beside the other metrics. Absent: 1. */
  readonly weight?: number;
  /** Measured, judged and shown; decides nothing. */
  readonly dryRun?: true;
}
