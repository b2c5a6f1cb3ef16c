import { impossibility, requireSense, type DetectionPlan } from './detection-plan.js';
import { detectionTimes } from './detection-times.js';
import { looksIn } from './detection.js';

/** A hundredth more or less is no difference to anybody. */
const precision = 0.01;

/**
 * The smallest ratio that is found within so many seconds with the plan's power: anything smaller
 * stays unseen more often than that. `undefined` where not even a candidate that fails always is
 * found. The plan's own ratio is not read.
 */
export function smallestDetectableRatio(plan: DetectionPlan, seconds: number): number | undefined {
  requireSense({ ...plan, horizon: seconds });
  const isFound = (ratio: number): boolean => {
    const asked = { ...plan, ratio, horizon: seconds };
    if (impossibility(asked) !== undefined) return false;
    return detectionTimes(asked).chanceBy(looksIn(seconds, asked)) >= plan.power;
  };
  let [unseen, found] = [plan.maxRatio, 1 / plan.errorRate];
  if (!isFound(found)) return undefined;
  while (found > unseen * (1 + precision)) {
    const middle = Math.sqrt(unseen * found);
    if (isFound(middle)) found = middle;
    else unseen = middle;
  }
  return found;
}
