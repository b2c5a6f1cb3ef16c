import {
  isSameExposure,
  unexposed,
  type Exposure,
  type MatchRoute,
} from '@spillway/domain-traffic';
import { generation, NOTHING, type BasisPoints } from '@spillway/kernel';
import type { TrafficChange } from '../event.js';
import { exposureAfter } from '../exposure-after.js';
import type { Plan } from '../plan.js';
import type { Release, Rollout } from '../release.js';
import { isTraffic } from '../traffic-step.js';

/** What the candidate sees in a wave at a step of the plan, once that step has changed it. */
export const exposureAt = ({ steps }: Plan, wave: number, index: number): Exposure =>
  steps
    .slice(0, index + 1)
    .filter((step) => step.wave === wave)
    .filter(isTraffic)
    .reduce((exposure, step) => exposureAfter(step, exposure), unexposed);

/** As much of what a cluster has as another exposure has too, and no more than this weight. */
export function lowered({ desired }: Rollout, most: BasisPoints, wanted: Exposure): Exposure {
  const weight = desired.weight < most ? desired.weight : most;
  const routes = (desired.routes ?? []).filter((route) => hasRoute(wanted, route));
  const { mirror } = desired;
  const isCopied = weight === NOTHING && mirror !== undefined && copies(wanted, mirror);
  return {
    weight,
    ...(routes.length === 0 ? {} : { routes }),
    ...(isCopied ? { mirror } : {}),
  };
}

const hasRoute = ({ routes = [] }: Exposure, route: MatchRoute): boolean =>
  routes.some((other) =>
    isSameExposure({ ...unexposed, routes: [other] }, { ...unexposed, routes: [route] }),
  );

const copies = ({ mirror }: Exposure, other: NonNullable<Exposure['mirror']>): boolean =>
  mirror !== undefined && isSameExposure({ ...unexposed, mirror }, { ...unexposed, mirror: other });

/** The clusters that see something else then, in the next generation. */
export function changeTo(
  release: Release,
  exposures: readonly (readonly [Rollout, Exposure])[],
): TrafficChange {
  const clusters = exposures
    .filter(([{ desired }, exposure]) => !isSameExposure(desired, exposure))
    .map(([{ cluster }, exposure]) => ({ cluster, ...exposure }));
  return { generation: generation(release.generation + 1), clusters };
}
