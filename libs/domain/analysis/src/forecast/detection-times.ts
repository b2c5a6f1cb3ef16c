import { byErrors } from './by-errors.js';
import { byLooks } from './by-looks.js';
import { detectionOf, type ChanceBy } from './detection.js';
import type { DetectionPlan } from './detection-plan.js';

/**
 * Up to about this many looks it matters how many errors each of them brings. Beyond, the looks are
 * many and it only matters how many errors there are in all.
 */
const fewLooks = 8;

export interface DetectionTimes {
  /** P(found at this look or before), up to the horizon. */
  readonly chanceBy: ChanceBy;
  /** The first look by which the chance is reached; `undefined` where the horizon comes before. */
  readonly lookFor: (chance: number) => number | undefined;
}

/** When the test finds what a plan asks for. The plan must not be an impossible one. */
export function detectionTimes(plan: DetectionPlan): DetectionTimes {
  const detection = detectionOf(plan);
  const { typicalErrors, stream, looks } = detection;
  const hasFewLooks = typicalErrors < fewLooks * stream.perLook;
  const chanceBy = hasFewLooks ? byLooks(detection) : byErrors(detection);
  return { chanceBy, lookFor: (chance) => firstLook(chanceBy, chance, looks) };
}

function firstLook(chanceBy: ChanceBy, chance: number, looks: number): number | undefined {
  let [before, reached] = [0, Math.min(1, looks)];
  while (reached < looks && chanceBy(reached) < chance) {
    [before, reached] = [reached, Math.min(2 * reached, looks)];
  }
  if (chanceBy(reached) < chance) return undefined;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (chanceBy(middle) >= chance) reached = middle;
    else before = middle;
  }
  return reached;
}
