import type { Judgement } from '../judgement.js';
import { describeLooks } from './because.js';
import { sequentialBounds, type Bound } from './bounds.js';
import type { GroupSequentialEvidence } from './evidence.js';
import { evidenceOf } from './look-evidence.js';
import { isTested, placeLooks, type PlacedLook } from './looks.js';
import type { GroupSequentialMeasurements, GroupSequentialSettings } from './measurements.js';
import { hasValues } from './statistic.js';

/**
 * Lan–DeMets: as many looks as come, at any information, with α spent as the information grows.
 * Sharper than an anytime-valid test where the end is known beforehand; without an end, or where
 * the moment of a look depends on what was seen, use that one instead.
 *
 * `fail` when the bound is crossed in the harmful direction, and from then on; `inconclusive` while
 * the plan goes on; `pass` once it is over. A crossing in the harmless direction is shown, and ends
 * nothing: the candidate goes on being watched.
 */
export function judgeGroupSequential(
  { looks }: GroupSequentialMeasurements,
  given: GroupSequentialSettings,
): Judgement<GroupSequentialEvidence> {
  const sides = given.direction === 'either' ? 2 : given.sides;
  const settings: GroupSequentialSettings = { ...given, sides };
  const placed = placeLooks(looks, settings);
  const tested = placed.filter(isTested);
  const isOver = tested.at(-1)?.isFinal ?? false;
  const bounds = sequentialBounds(
    tested.map(({ fraction }) => fraction),
    settings,
    { last: isOver },
  );
  const evidence = gather(placed, bounds, settings);
  const because = describeLooks(looks, evidence);
  if (!looks.some(hasValues)) return { kind: 'noData', because, evidence };
  if (evidence.stoppedAt !== undefined) return { kind: 'fail', because, evidence };
  return { kind: isOver ? 'pass' : 'inconclusive', because, evidence };
}

function gather(
  placed: readonly PlacedLook[],
  bounds: readonly Bound[],
  settings: GroupSequentialSettings,
): GroupSequentialEvidence {
  const { rho, ...plan } = settings;
  const left = bounds.values();
  const looks = placed.map((look) =>
    evidenceOf(look, isTested(look) ? left.next().value : undefined, settings),
  );
  const { fraction, spentAlpha } = bounds.at(-1) ?? { fraction: 0, spentAlpha: 0 };
  const stoppedAt = looks.find(({ crossed }) => crossed === 'harmful')?.look;
  return {
    ...plan,
    ...(plan.spending === 'power' ? { rho } : {}),
    looks,
    spentAlpha,
    fraction,
    ...(fraction > 1 ? { overrun: fraction - 1 } : {}),
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
    isOver: placed.some((look) => isTested(look) && look.isFinal),
  };
}
