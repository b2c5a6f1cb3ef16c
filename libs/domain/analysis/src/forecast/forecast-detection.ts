import { looksIn } from './detection.js';
import {
  impossibility,
  requireSense,
  type DetectionPlan,
  type Impossible,
} from './detection-plan.js';
import { detectionTimes } from './detection-times.js';

/** How long the test of error counts takes to find a candidate that is as bad as the plan says. */
export type DetectionForecast = { readonly plan: DetectionPlan } & (
  | {
      readonly kind: 'found';
      /** Seconds, whole looks, after which half of all cases are found. */
      readonly medianSeconds: number;
      /** After which the share `power` of them is. */
      readonly quantileSeconds: number;
    }
  | {
      /** Not with the power asked for within the horizon. */
      readonly kind: 'tooSlow';
      /** Share of cases that are found within the horizon. */
      readonly chance: number;
      readonly medianSeconds?: number;
    }
  | { readonly kind: 'impossible'; readonly why: Impossible }
);

/**
 * Without simulation, in a few milliseconds. Errors arrive as a Poisson process at the given rates,
 * and both versions' requests are counted at the same moments.
 */
export function forecastDetection(plan: DetectionPlan): DetectionForecast {
  requireSense(plan);
  const why = impossibility(plan);
  if (why !== undefined) return { plan, kind: 'impossible', why };
  const times = detectionTimes(plan);
  const median = times.lookFor(0.5);
  const quantile = times.lookFor(plan.power);
  const medianSeconds = median === undefined ? {} : { medianSeconds: median * plan.lookEvery };
  if (median !== undefined && quantile !== undefined) {
    const quantileSeconds = quantile * plan.lookEvery;
    return { plan, kind: 'found', medianSeconds: median * plan.lookEvery, quantileSeconds };
  }
  const chance = times.chanceBy(looksIn(plan.horizon, plan));
  return { plan, kind: 'tooSlow', chance, ...medianSeconds };
}

/** Seconds that a step must last to find the plan's ratio with the plan's power, where it can. */
export function durationFor(plan: DetectionPlan): number | undefined {
  requireSense(plan);
  if (impossibility(plan) !== undefined) return undefined;
  const look = detectionTimes(plan).lookFor(plan.power);
  return look === undefined ? undefined : look * plan.lookEvery;
}

/** As good as all cases, so that none is left out of a chance. */
const surelyEnough = 1 - 1e-6;

/** P(found within so many seconds). */
export function detectionChance(plan: DetectionPlan, seconds: number): number {
  const within = { ...plan, horizon: seconds };
  requireSense(within);
  if (impossibility(within) !== undefined) return 0;
  return detectionTimes({ ...within, power: surelyEnough }).chanceBy(looksIn(seconds, within));
}

/** Requests of both versions, and of the candidate among them. */
export interface RequestsNeeded {
  readonly total: number;
  readonly candidate: number;
}

/** Requests that it takes, with a look after every one of them, whatever traffic and horizon are. */
export function minimumRequests(plan: DetectionPlan): RequestsNeeded | undefined {
  const total = durationFor({ ...plan, requestsPerSecond: 1, lookEvery: 1, horizon: Infinity });
  return total === undefined ? undefined : { total, candidate: Math.ceil(total * plan.weight) };
}
