import type { SlowTable } from './conditional-odds.js';
import type { LatencySettings } from './measurements.js';
import { logMeanExp, pairsOf, tableOf, type SlowerCourse } from './slower.js';

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

/** What the course came to at each bound. */
export const boundariesOf = (
  upperBounds: readonly number[],
  { tolerance }: LatencySettings,
  course: SlowerCourse,
): readonly BoundaryEvidence[] =>
  pairsOf(upperBounds, tolerance).map((pair, i) => {
    const above = upperBounds[pair.candidate] ?? 0;
    const stableAbove = upperBounds[pair.stable] ?? 0;
    const table = tableOf(course, pair);
    const logE = logMeanExp(course.logProducts[i] ?? []);
    const eValue = Math.exp(logE);
    return {
      above,
      ...(stableAbove === above ? {} : { stableAbove }),
      candidate: shareOf(table.slowCandidate, table.candidate),
      stable: shareOf(table.slowStable, table.stable),
      x: table.slowCandidate,
      n: table.slowCandidate + table.slowStable,
      expected: course.expected[i] ?? 0,
      ...oddsRatioOf(table),
      logE,
      ...(Number.isFinite(eValue) ? { eValue } : {}),
    };
  });

const shareOf = (slower: number, requests: number): SlowShare => ({
  slower,
  requests,
  ...(requests > 0 ? { share: slower / requests } : {}),
});

function oddsRatioOf({ candidate, stable, slowCandidate, slowStable }: SlowTable): {
  readonly oddsRatio?: number;
} {
  const oddsRatio =
    (slowCandidate / (candidate - slowCandidate)) * ((stable - slowStable) / slowStable);
  return Number.isFinite(oddsRatio) ? { oddsRatio } : {};
}
