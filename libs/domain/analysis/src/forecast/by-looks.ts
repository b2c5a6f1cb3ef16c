import { logGamma } from '../special-functions.js';
import type { ChanceBy, Detection } from './detection.js';
import { negligible, OpenCases, type Counts } from './open-cases.js';

/**
 * For few looks: look by look, over the errors of both versions, which arrive independently of each
 * other. Exact as long as a look brings few of them. Where it brings hundreds they are counted by
 * tens, so that the table stays small: the unit is far below the spread of one look.
 */
export function byLooks({ stream, errorsToStop, power, looks }: Detection): ChanceBy {
  const candidate = arrivals(stream.perLook * stream.share);
  const stable = arrivals(stream.perLook * (1 - stream.share));
  let open = OpenCases.start({ candidate: candidate.unit, stable: stable.unit });
  let found = 0;
  const chances = [found];
  while (chances.length <= looks && found <= power && !open.isEmpty) {
    open = open.after(candidate.counts, stable.counts);
    found += open.stop(errorsToStop);
    chances.push(found);
    open = open.trimmed();
  }
  return (look) => chances[Math.min(look, chances.length - 1)] ?? 0;
}

/** Units per standard deviation of one look. */
const resolution = 3;

/** Errors of one version in one look: Poisson, by units. */
function arrivals(mean: number): { readonly unit: number; readonly counts: Counts } {
  const unit = Math.max(1, Math.floor(Math.sqrt(mean) / resolution));
  const spread = 6 * Math.sqrt(mean) + 6;
  const [least, most] = [Math.max(0, Math.floor(mean - spread)), Math.ceil(mean + spread)];
  const first = Math.round(least / unit);
  const chances = new Float64Array(Math.round(most / unit) - first + 1);
  for (let k = least; k <= most; k += 1) {
    const place = Math.round(k / unit) - first;
    const chance = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
    chances[place] = (chances[place] ?? 0) + chance;
  }
  return { unit, counts: trimmed(first, chances) };
}

function trimmed(first: number, chances: Float64Array): Counts {
  const low = chances.findIndex((chance) => chance > negligible);
  const high = chances.findLastIndex((chance) => chance > negligible);
  return { first: first + low, chances: chances.subarray(low, high + 1) };
}
