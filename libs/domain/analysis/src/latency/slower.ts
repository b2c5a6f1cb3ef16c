import { conditionalLogRatios, type SlowTable } from './conditional-odds.js';
import type { LatencyMeasurements, LatencySettings } from './measurements.js';

/** Evidence that the candidate is slower than a bound more often than it may. */
export interface BoundaryEvidence {
  /** What slower means for the candidate, in milliseconds. */
  readonly above: number;
  /** And for the stable version, where `tolerance` makes it another bound. */
  readonly stableAbove?: number;
  readonly candidate: SlowShare;
  readonly stable: SlowShare;
  /** Slow requests of the candidate. */
  readonly x: number;
  /** Slow requests of both. */
  readonly n: number;
  /** Of them, how many would be the candidate's where the version makes no difference. */
  readonly expected: number;
  /** Odds of being slow, candidate by stable, of all looks taken together. */
  readonly oddsRatio?: number;
  /** After the last look. */
  readonly logE: number;
  readonly eValue?: number;
}

export interface SlowShare {
  readonly slower: number;
  readonly requests: number;
  /** Absent without requests. */
  readonly share?: number;
}

/**
 * E of "nowhere slower than it may be" after each look, and the bounds after the last. At a bound:
 * product over looks, mean over alternatives. Over all bounds: the mean, for they share requests, and
 * a mean of e-values needs no independence.
 */
export function followSlower(
  { upperBounds, looks }: LatencyMeasurements,
  settings: LatencySettings,
): { readonly logEs: readonly number[]; readonly boundaries: readonly BoundaryEvidence[] } {
  const slower = looks.map((look) => ({
    candidate: slowerThan(look.candidate),
    stable: slowerThan(look.stable),
  }));
  const followed = pairsOf(upperBounds, settings.tolerance).map(({ candidate, stable }) => {
    const tables = slower.map((look) => tableOf(look.candidate, candidate, look.stable, stable));
    const logEs = followBoundary(tables, settings);
    const bounds = { above: upperBounds[candidate] ?? 0, stableAbove: upperBounds[stable] ?? 0 };
    return { logEs, evidence: evidenceOf(bounds, tables, logEs.at(-1) ?? 0) };
  });
  return {
    logEs: looks.map((_, look) => logMeanExp(followed.map(({ logEs }) => logEs[look] ?? 0))),
    boundaries: followed.map(({ evidence }) => evidence),
  };
}

/** Bounds differ from products of bounds by rounding. */
const rounding = 1e-9;

/** For each bound of the stable version the first one that is higher by the tolerance. */
function pairsOf(
  upperBounds: readonly number[],
  tolerance: number,
): readonly { readonly candidate: number; readonly stable: number }[] {
  return upperBounds.flatMap((bound, stable) => {
    const least = bound * (1 + tolerance) * (1 - rounding);
    const candidate = upperBounds.findIndex((other, i) => i >= stable && other >= least);
    return candidate === -1 ? [] : [{ candidate, stable }];
  });
}

/**
 * All requests, then for each bound those that took longer. Whole: an increase that a backend
 * extrapolates is a fraction off, and only whole requests can be shared out between versions.
 */
function slowerThan(counts: readonly number[]): readonly number[] {
  const slower = counts.map(() => 0);
  let sum = 0;
  for (let i = counts.length - 1; i >= 0; i -= 1) {
    sum += Math.max(0, counts[i] ?? 0);
    slower[i] = Math.round(sum);
  }
  return slower;
}

const tableOf = (
  candidate: readonly number[],
  bound: number,
  stable: readonly number[],
  stableBound: number,
): SlowTable => ({
  candidate: candidate[0] ?? 0,
  stable: stable[0] ?? 0,
  slowCandidate: candidate[bound + 1] ?? 0,
  slowStable: stable[stableBound + 1] ?? 0,
});

/** ln E after each look. For each alternative the product over looks is a martingale; so is their mean. */
function followBoundary(
  tables: readonly SlowTable[],
  { alternatives, maxRatio }: LatencySettings,
): readonly number[] {
  const odds = alternatives.map((multiple) => multiple * maxRatio);
  const sums = odds.map(() => 0);
  return tables.map((table) => {
    const ratios = conditionalLogRatios(table, odds, maxRatio);
    ratios.forEach((ratio, i) => (sums[i] = (sums[i] ?? 0) + ratio));
    return logMeanExp(sums);
  });
}

function evidenceOf(
  { above, stableAbove }: { readonly above: number; readonly stableAbove: number },
  tables: readonly SlowTable[],
  logE: number,
): BoundaryEvidence {
  const total = (count: (table: SlowTable) => number): number =>
    tables.reduce((sum, table) => sum + count(table), 0);
  const all: SlowTable = {
    candidate: total((table) => table.candidate),
    stable: total((table) => table.stable),
    slowCandidate: total((table) => table.slowCandidate),
    slowStable: total((table) => table.slowStable),
  };
  const eValue = Math.exp(logE);
  return {
    above,
    ...(stableAbove === above ? {} : { stableAbove }),
    candidate: shareOf(all.slowCandidate, all.candidate),
    stable: shareOf(all.slowStable, all.stable),
    x: all.slowCandidate,
    n: all.slowCandidate + all.slowStable,
    expected: total(expectedOf),
    ...oddsRatioOf(all),
    logE,
    ...(Number.isFinite(eValue) ? { eValue } : {}),
  };
}

const expectedOf = ({ candidate, stable, slowCandidate, slowStable }: SlowTable): number =>
  candidate === 0 ? 0 : ((slowCandidate + slowStable) * candidate) / (candidate + stable);

const shareOf = (slower: number, requests: number): SlowShare => ({
  slower,
  requests,
  ...(requests > 0 ? { share: slower / requests } : {}),
});

function oddsRatioOf(all: SlowTable): { readonly oddsRatio?: number } {
  const { candidate, stable, slowCandidate, slowStable } = all;
  const oddsRatio =
    (slowCandidate / (candidate - slowCandidate)) * ((stable - slowStable) / slowStable);
  return Number.isFinite(oddsRatio) ? { oddsRatio } : {};
}

/** ln of the mean of exponentials, of which the largest need not be a number. 0 of none. */
function logMeanExp(logs: readonly number[]): number {
  if (logs.length === 0) return 0;
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return largest + Math.log(sum / logs.length);
}
