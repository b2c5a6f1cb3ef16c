import type { CountLookEvidence, CountSegment } from './evidence.js';
import { logEAt, type ErrorSplit, type NullShare } from './log-e.js';
import type { ArmCounts, CountLook, ErrorCountSettings } from './measurements.js';

export interface Followed {
  readonly segments: readonly CountSegment[];
  readonly looks: readonly CountLookEvidence[];
}

interface Totals {
  readonly x: number;
  readonly n: number;
  readonly expected: number;
  readonly logE: number;
}

const nothing: Totals = { x: 0, n: 0, expected: 0, logE: 0 };

/**
 * The process at every look. A segment has one p0 and starts with the prior; the segments before it
 * are done, and their ln E is added: a product of e-values, each given what came before it.
 */
export function followLooks(looks: readonly CountLook[], settings: ErrorCountSettings): Followed {
  const segments: CountSegment[] = [];
  const seen: CountLookEvidence[] = [];
  let closed = nothing;
  for (const look of looks) {
    const last = segments.at(-1);
    if (last === undefined || !isSameSegment(last, look)) {
      if (last !== undefined) closed = plus(closed, last);
      segments.push(judged(opened(look), settings));
    } else {
      segments[segments.length - 1] = judged(grown(last, look), settings);
    }
    seen.push(plus(closed, segments.at(-1)));
  }
  return { segments, looks: seen };
}

const isSameSegment = (last: CountSegment, look: CountLook): boolean =>
  last.weight === look.weight && last.segment === look.segment;

type Counted = Pick<CountSegment, 'segment' | 'weight' | 'candidate' | 'stable'>;

const opened = ({ candidate, stable, weight, segment }: CountLook): Counted => ({
  ...(segment === undefined ? {} : { segment }),
  ...(weight === undefined ? {} : { weight }),
  candidate,
  stable,
});

const grown = (last: CountSegment, look: CountLook): Counted => ({
  ...opened({ ...last, ...look }),
  candidate: sumOf(last.candidate, look.candidate),
  stable: sumOf(last.stable, look.stable),
});

export const sumOf = (one: ArmCounts, other: ArmCounts): ArmCounts => ({
  requests: one.requests + other.requests,
  errors: one.errors + other.errors,
});

function judged(counted: Counted, settings: ErrorCountSettings): CountSegment {
  const x = counted.candidate.errors;
  const n = x + counted.stable.errors;
  const exposure = exposureOf(counted, settings);
  if (exposure === undefined) return { ...counted, x, n, logE: 0 };
  const share = nullShare(Math.log(exposure / (1 - exposure)) + Math.log(settings.maxRatio));
  const split: ErrorSplit = { x, n, prior: settings.prior, sides: settings.sides };
  return { ...counted, exposure, p0: share.candidate, x, n, logE: logEAt(share, split) };
}

/** Undefined where one of the versions gets nothing, or it is not known what it gets. */
function exposureOf(
  { weight, candidate, stable }: Counted,
  { exposure }: ErrorCountSettings,
): number | undefined {
  const share =
    exposure === 'programmed'
      ? weight
      : candidate.requests / (candidate.requests + stable.requests);
  return share !== undefined && share > 0 && share < 1 ? share : undefined;
}

/** p0 = w r / (w r + 1 − w), from ln(w r / (1 − w)): also exact where it is next to 0 or 1. */
export const nullShare = (logOdds: number): NullShare => ({
  candidate: 1 / (1 + Math.exp(-logOdds)),
  stable: 1 / (1 + Math.exp(logOdds)),
});

const plus = (before: Totals, segment: CountSegment | undefined): Totals =>
  segment === undefined
    ? before
    : {
        x: before.x + segment.x,
        n: before.n + segment.n,
        expected: before.expected + segment.n * (segment.p0 ?? segment.x / (segment.n || 1)),
        logE: before.logE + segment.logE,
      };
