import { eProcess, firstCrossing } from '../counts/e-process.js';
import type { Judgement } from '../judgement.js';
import { describeSplit } from './because.js';
import type { SplitArm, SplitEvidence, SplitLookEvidence } from './evidence.js';
import type { SplitMeasurements, SplitSettings } from './measurements.js';
import { shareInterval } from './share-interval.js';
import { splitLogEWithStrays, type SplitCounts } from './split-log-e.js';

/**
 * Are requests split as programmed? Where they are not, the proxies do not obey (a push that was not
 * applied, clients that stick, failover to another locality), and nothing may be concluded from
 * comparing the versions: `splitNotInForce`, never `fail`.
 *
 * Looks as often as wanted. Only where each request is split by chance for itself: ask
 * `whySplitCannotBeJudged` first.
 */
export function judgeSplit(
  measurements: SplitMeasurements,
  settings: SplitSettings,
): Judgement<SplitEvidence> {
  const evidence = gather(measurements, settings);
  const { kind, note } = decide(evidence, settings);
  return { kind, because: `${describeSplit(evidence)}${note}`, evidence };
}

interface Decided {
  readonly kind: Judgement<unknown>['kind'];
  readonly note: string;
}

function decide({ requests, crossing }: SplitEvidence, { minRequests }: SplitSettings): Decided {
  if (requests === 0) return { kind: 'noData', note: '' };
  if (crossing !== undefined) {
    return {
      kind: 'splitNotInForce',
      note: `: not split as programmed since look ${crossing.look}`,
    };
  }
  return requests < minRequests
    ? { kind: 'inconclusive', note: `: ${minRequests} requests are needed to say that it fits` }
    : { kind: 'pass', note: ': split as programmed, as far as can be seen' };
}

/** What is found look by look, and where it was enough. */
export type SplitCourse = Pick<SplitEvidence, 'looks' | 'crossing'>;

/**
 * `judgeSplit` without what it says beside that: intervals of the shares take most of its time, and who
 * follows many splits shows none of them.
 */
export function followSplit(
  { looks }: Pick<SplitMeasurements, 'looks'>,
  settings: SplitSettings,
): SplitCourse {
  const { shares, concentration } = programmed(settings);
  const seen: SplitLookEvidence[] = [];
  let counts: readonly number[] = shares.map(() => 0);
  for (const look of looks) {
    counts = counts.map((count, i) => count + (look.counts[i] ?? 0));
    const logE = splitLogEWithStrays({ counts, shares, concentration }, settings.tolerance);
    seen.push({ counts, logE });
  }
  const crossing = firstCrossing(seen, settings.alpha);
  return { looks: seen, ...(crossing && { crossing }) };
}

/** Shares that sum to 1, and what is expected of them beforehand. */
function programmed({
  shares: weights,
  concentration = weights.map(() => 1),
}: SplitSettings): Omit<SplitCounts, 'counts'> {
  const sum = sumOf(weights);
  return { shares: weights.map((weight) => weight / sum), concentration };
}

function gather(measurements: SplitMeasurements, settings: SplitSettings): SplitEvidence {
  const { cluster, arms: names } = measurements;
  const { alpha, tolerance } = settings;
  const { shares, concentration } = programmed(settings);
  const { looks, ...found } = followSplit(measurements, settings);
  const counts = looks.at(-1)?.counts ?? shares.map(() => 0);
  return {
    ...(cluster === undefined ? {} : { cluster }),
    requests: sumOf(counts),
    arms: armsOf({ counts, shares, concentration }, { alpha, names }),
    concentration,
    tolerance,
    ...eProcess(looks, alpha),
    ...found,
    looks,
  };
}

const sumOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function armsOf(
  { counts, shares, concentration }: SplitCounts,
  { alpha, names }: { readonly alpha: number; readonly names: readonly string[] | undefined },
): readonly SplitArm[] {
  const [n, all] = [sumOf(counts), sumOf(concentration)];
  return shares.map((share, i) => {
    const [requests, a, name] = [counts[i] ?? 0, concentration[i] ?? 1, names?.[i]];
    const one = { x: requests, n, prior: { a, b: all - a }, alpha };
    return {
      ...(name === undefined ? {} : { name }),
      requests,
      share,
      expected: share * n,
      ...(n === 0 ? {} : { observedShare: requests / n, ...shareInterval(one) }),
    };
  });
}
