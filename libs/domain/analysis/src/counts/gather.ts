import { eProcess, firstCrossing, type Crossing } from './e-process.js';
import type { ArmTotals, CountLookEvidence, ErrorCountEvidence } from './evidence.js';
import type { ArmCounts, CountLook, ErrorCountSettings } from './measurements.js';
import { rateRatio } from './rate-ratio.js';
import { followLooks, sumOf } from './segments.js';

export function gather(
  counted: readonly CountLook[],
  settings: ErrorCountSettings,
): ErrorCountEvidence {
  const { segments, looks } = followLooks(counted, settings);
  const candidate = totalsOf(segments.map((one) => one.candidate));
  const stable = totalsOf(segments.map((one) => one.stable));
  return {
    candidate,
    stable,
    ratio: { ...rateRatio(segments, settings), ...pooled(candidate, stable) },
    maxRatio: settings.maxRatio,
    sides: settings.sides,
    exposure: settings.exposure,
    prior: settings.prior,
    ...eProcess(looks, settings.alpha),
    ...crossings(looks, settings),
    segments,
    looks,
  };
}

function totalsOf(arms: readonly ArmCounts[]): ArmTotals {
  const total = arms.reduce(sumOf, { requests: 0, errors: 0 });
  return total.requests > 0 ? { ...total, rate: total.errors / total.requests } : total;
}

const pooled = (
  { rate: candidate }: ArmTotals,
  { rate: stable }: ArmTotals,
): { readonly pooled?: number } =>
  candidate === undefined || stable === undefined || stable === 0
    ? {}
    : { pooled: candidate / stable };

/** One-sided, each crossing is harm, also where a segment before it made up for its errors. */
function crossings(
  looks: readonly CountLookEvidence[],
  { alpha, sides }: ErrorCountSettings,
): { readonly worse?: Crossing; readonly better?: Crossing } {
  const isWorse = ({ x, expected }: CountLookEvidence): boolean => sides === 'one' || x > expected;
  const worse = firstCrossing(looks, alpha, isWorse);
  const better = firstCrossing(looks, alpha, (look) => !isWorse(look));
  return { ...(worse && { worse }), ...(better && { better }) };
}
