import type { Judgement } from '../judgement.js';
import type { KayentaEvidence } from './evidence.js';
import {
  roundToCents,
  scoreGroups,
  type KayentaGroupScore,
  type ScoredResult,
} from './group-score.js';
import { judgeKayenta, kindOfClass } from './judge-kayenta.js';
import type {
  ClassifiedMetric,
  KayentaScoreMeasurements,
  KayentaScoreSettings,
  MeasuredMetric,
} from './score-settings.js';
import { defaultKayentaSettings } from './settings.js';

/** A metric of the score, with its own evidence where it was judged here. */
export interface KayentaScoredMetric extends ScoredResult {
  readonly judgement?: Judgement<KayentaEvidence>;
  /** Its settings call it critical, and it could not be judged. */
  readonly isBlind: boolean;
}

type Kind = Judgement<unknown>['kind'];

export interface KayentaScoreEvidence extends KayentaScoreSettings {
  /** 0 to 100, rounded half up to two decimals. */
  readonly score: number;
  readonly classification: 'Pass' | 'Marginal' | 'Fail';
  /** Why the score is 0 whatever the groups say, where it is. */
  readonly reason?: string;
  /** Among all metrics that are not muted, percent; absent without any. */
  readonly noDataPercent?: number;
  readonly groups: readonly KayentaGroupScore[];
  readonly metrics: readonly KayentaScoredMetric[];
}

/** This share of metrics without data, in percent, takes the score to 0. */
const tooMuchNoData = 50;

/**
 * Kayenta's weighted score of many metrics, from their classes or from their samples.
 *
 * `Pass` passes, `Marginal` is inconclusive, `Fail` fails, with two exceptions in favour of saying
 * what is known. Where the score is 0 for want of data alone, the answer is `noData`: nothing was
 * seen, so nothing was seen to be wrong. Where a metric that its settings call critical could not be
 * judged (`Error`), the answer is at the best inconclusive; Kayenta leaves it out of the score.
 */
export function scoreKayenta(
  { metrics }: KayentaScoreMeasurements,
  settings: KayentaScoreSettings,
): Judgement<KayentaScoreEvidence> {
  const results = metrics.map(resultOf);
  const scored = results.filter(({ muted }) => !muted);
  const groups = scoreGroups(scored, settings.groupWeights);
  const zero = reasonForZero(scored);
  const sum = groups.reduce((total, { score, weight }) => total + score * (weight / 100), 0);
  const score = zero ? 0 : roundToCents(sum);
  const evidence: KayentaScoreEvidence = {
    ...settings,
    score,
    classification: classificationOf(score, settings),
    ...(zero && { reason: zero.reason }),
    ...(scored.length > 0 && { noDataPercent: noDataPercent(scored) }),
    groups,
    metrics: results,
  };
  return { kind: kindOf(evidence, zero), because: describe(evidence, scored), evidence };
}

function resultOf(metric: ClassifiedMetric | MeasuredMetric): KayentaScoredMetric {
  const { name, groups } = metric;
  if ('class' in metric) {
    const { class: of, critical = false, muted = false } = metric;
    return { name, groups, class: of, critical, muted, isBlind: critical && of === 'Error' };
  }
  const settings = { ...defaultKayentaSettings, ...metric.settings };
  const judgement = judgeKayenta(metric, settings);
  const { class: of, critical } = judgement.evidence;
  return {
    name,
    groups,
    class: of,
    critical,
    isBlind: settings.critical && of === 'Error',
    muted: settings.muted,
    judgement,
  };
}

interface Zero {
  readonly reason: string;
  readonly kind: Kind;
}

/** Of several reasons the first of these is told. */
const byWeight: readonly Kind[] = ['fail', 'inconclusive', 'noData'];

function reasonForZero(scored: readonly ScoredResult[]): Zero | undefined {
  if (scored.length === 0) return { reason: 'no metric to score', kind: 'noData' };
  const [worst] = scored
    .filter((of) => of.critical && of.class !== 'Pass')
    .toSorted((a, b) => weightOf(a) - weightOf(b));
  if (worst) {
    const reason = `critical metric ${worst.name} is ${worst.class}`;
    return { reason, kind: kindOfClass[worst.class] };
  }
  return noDataPercent(scored) >= tooMuchNoData
    ? { reason: `${tooMuchNoData} % or more of the metrics have no data`, kind: 'noData' }
    : undefined;
}

const weightOf = (of: ScoredResult): number => byWeight.indexOf(kindOfClass[of.class]);

const noDataPercent = (scored: readonly ScoredResult[]): number =>
  (scored.filter((of) => of.class === 'Nodata').length / scored.length) * 100;

function classificationOf(
  score: number,
  { pass, marginal }: KayentaScoreSettings,
): KayentaScoreEvidence['classification'] {
  if (score >= pass) return 'Pass';
  return score >= marginal ? 'Marginal' : 'Fail';
}

const kinds = { Pass: 'pass', Marginal: 'inconclusive', Fail: 'fail' } as const;

function kindOf({ classification, metrics }: KayentaScoreEvidence, zero: Zero | undefined): Kind {
  if (zero) return zero.kind;
  const isBlind = metrics.some((of) => of.isBlind && !of.muted);
  return classification === 'Pass' && isBlind ? 'inconclusive' : kinds[classification];
}

function describe(
  { score, classification, pass, marginal, reason }: KayentaScoreEvidence,
  scored: readonly ScoredResult[],
): string {
  const passed = scored.filter((of) => of.class === 'Pass').length;
  const why = reason === undefined ? '' : `, ${reason}`;
  return (
    `${passed} of ${scored.length} metrics pass${why}: score ${score}, ` +
    `pass from ${pass}, marginal from ${marginal}: ${classification}`
  );
}
