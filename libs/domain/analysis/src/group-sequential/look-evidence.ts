import { normalCdf } from '../special-functions.js';
import type { Bound } from './bounds.js';
import type { LookEvidence } from './evidence.js';
import { isTested, type PlacedLook } from './looks.js';
import type { GroupSequentialSettings } from './measurements.js';
import type { Statistic } from './statistic.js';

type Design = Pick<GroupSequentialSettings, 'sides' | 'direction'>;

/** z with harm upwards. */
const harm = (z: number, direction: Design['direction']): number => {
  if (direction === 'either') return Math.abs(z);
  return direction === 'increase' ? z : -z;
};

const pOf = (z: number, { sides, direction }: Design): number =>
  sides === 2 ? 2 * normalCdf(-Math.abs(z)) : normalCdf(-harm(z, direction));

function crossingOf(z: number, bound: number, { sides, direction }: Design) {
  if (harm(z, direction) >= bound) return { crossed: 'harmful' } as const;
  const isBetter = sides === 2 && harm(z, direction) <= -bound;
  return isBetter ? ({ crossed: 'harmless' } as const) : {};
}

/** The differences that this look's bound would not reject. */
function limits({ estimate, standardError }: Statistic, bound: number, design: Design) {
  if (estimate === undefined || standardError === undefined) return {};
  const lower = estimate - bound * standardError;
  const upper = estimate + bound * standardError;
  if (design.sides === 2) return { lower, upper };
  return design.direction === 'increase' ? { lower } : { upper };
}

/** A look with its numbers, and, where it was tested, with what it was held against. */
export function evidenceOf(
  placed: PlacedLook,
  found: Bound | undefined,
  design: Design,
): LookEvidence {
  const { look, fraction, statistic } = placed;
  const untested = isTested(placed) ? {} : { untested: placed.untested };
  const seen = { look, ...(fraction === undefined ? {} : { fraction }), ...statistic, ...untested };
  if (statistic === undefined) return seen;
  const p = pOf(statistic.z, design);
  if (found === undefined) return { ...seen, p };
  const { bound, adjustedAlpha, spentAlpha, capped } = found;
  return {
    ...seen,
    p,
    bound,
    adjustedAlpha,
    spentAlpha,
    capped,
    ...limits(statistic, bound, design),
    ...crossingOf(statistic.z, bound, design),
  };
}
