import { isServing, unexposed, type Exposure } from '@spillway/domain-traffic';
import { EVERYTHING, basisPoints, formatPercent, type ClusterName } from '@spillway/kernel';
import { exposureAfter } from './exposure-after.js';
import type { Limits, Plan, TrafficStep } from './plan.js';
import { isTraffic } from './traffic-step.js';

/** How what all clusters of a release would have goes beyond its limits, in words; `undefined` within them. */
export function beyondLimits(
  limits: Limits,
  exposures: readonly Exposure[],
  candidate: string,
): string | undefined {
  const all = exposures.length;
  const serving = exposures.filter(isServing).length;
  if (limits.clusters !== undefined && serving * EVERYTHING > all * limits.clusters) {
    return `${candidate} would serve in ${serving} of ${all} clusters, and ${formatPercent(limits.clusters)} of them are the limit`;
  }
  const total = exposures.reduce((sum, { weight }) => sum + weight, 0);
  if (limits.traffic === undefined || total <= all * limits.traffic) return undefined;
  const share = formatPercent(basisPoints(Math.round(total / all)));
  return `${candidate} would have ${share} of all traffic, and ${formatPercent(limits.traffic)} are the limit`;
}

/** The first step of the plan that goes beyond its limits, from 0. */
export function stepBeyondLimits({ limits, waves, steps }: Plan): number | undefined {
  if (limits === undefined) return undefined;
  let exposures = new Map<ClusterName, Exposure>(
    waves.flat().map((cluster) => [cluster, unexposed]),
  );
  const index = steps.findIndex((step) => {
    if (!isTraffic(step)) return false;
    exposures = taken(step, waves[step.wave] ?? [], exposures);
    return beyondLimits(limits, [...exposures.values()], '') !== undefined;
  });
  return index === -1 ? undefined : index;
}

const taken = (
  step: TrafficStep,
  wave: readonly ClusterName[],
  before: ReadonlyMap<ClusterName, Exposure>,
): Map<ClusterName, Exposure> =>
  new Map(
    [...before].map(([cluster, exposure]) => [
      cluster,
      wave.includes(cluster) ? exposureAfter(step, exposure) : exposure,
    ]),
  );
