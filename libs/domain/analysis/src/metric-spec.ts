import type { Duration } from '@spillway/kernel';

/** What is measured. Values: success rate in percent, latency in milliseconds, PromQL as the query says. */
export type MetricQuery =
  | { readonly kind: 'requestSuccessRate' }
  | { readonly kind: 'requestLatency'; /** 0 < quantile < 1 */ readonly quantile: number }
  | {
      readonly kind: 'promql';
      /** May use `{{namespace}} {{service}} {{version}} {{window}}`; must give one number. */
      readonly template: string;
    };

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
  /** Inclusive bounds; at least one is present. */
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
  /** The analysis is inconclusive when more queries in a row than this have gone wrong. */
  readonly consecutiveErrorLimit: number;
  /** Requests of the candidate in the window below which a measurement says nothing. */
  readonly minSample: number;
  readonly noData: NoDataPolicy;
}
