import type { Untested } from './evidence.js';
import type { GroupSequentialSettings, SequentialLook } from './measurements.js';
import { statisticOf, totalOf, type Statistic } from './statistic.js';

interface TestedLook {
  readonly look: number;
  readonly fraction: number;
  readonly statistic: Statistic;
  /** Ends the plan. */
  readonly isFinal: boolean;
}

interface UntestedLook {
  readonly look: number;
  readonly untested: Untested;
  readonly fraction?: number;
  readonly statistic?: Statistic;
}

/** A look placed in the plan. */
export type PlacedLook = TestedLook | UntestedLook;

export const isTested = (look: PlacedLook): look is TestedLook => 'isFinal' in look;

/** Less new information than this share of the plan is no look of its own. */
const smallestStep = 1e-5;

/** Fractions are quotients: 0.1 ten times is not quite 1. */
const rounding = 1e-9;

function fractionOf(look: SequentialLook, number: number, settings: GroupSequentialSettings) {
  if (look.fraction !== undefined) return look.fraction;
  const { plannedInformation, maxLooks } = settings;
  const information = look.information ?? look.n ?? totalOf(look);
  if (plannedInformation !== undefined && information !== undefined) {
    return information / plannedInformation;
  }
  return maxLooks === undefined ? undefined : number / maxLooks;
}

type Found = Pick<UntestedLook, 'look' | 'fraction' | 'statistic'>;

function place(found: Found, reached: number, maxLooks: number): PlacedLook {
  const { look, fraction, statistic } = found;
  if (reached >= 1 - rounding || look > maxLooks) return { ...found, untested: 'afterTheEnd' };
  if (fraction === undefined) return { ...found, untested: 'unknownFraction' };
  if (statistic === undefined) return { ...found, untested: 'noStatistic' };
  if (fraction - reached < smallestStep) return { ...found, untested: 'nothingNew' };
  return { look, fraction, statistic, isFinal: fraction >= 1 - rounding || look === maxLooks };
}

/** Tells which looks can be tested, and which of them ends the plan. */
export function placeLooks(
  looks: readonly SequentialLook[],
  settings: GroupSequentialSettings,
): readonly PlacedLook[] {
  const { maxLooks = Infinity } = settings;
  let reached = 0;
  return looks.map((given, k): PlacedLook => {
    const fraction = fractionOf(given, k + 1, settings);
    const statistic = statisticOf(given);
    const found = {
      look: k + 1,
      ...(fraction === undefined || !Number.isFinite(fraction) ? {} : { fraction }),
      ...(statistic === undefined ? {} : { statistic }),
    };
    const placed = place(found, reached, maxLooks);
    if (isTested(placed)) reached = placed.fraction;
    return placed;
  });
}
