import type { Exposure, MatchRoute } from '@spillway/domain-traffic';
import { EVERYTHING, NOTHING } from '@spillway/kernel';
import type { TrafficStep } from './plan.js';

/** What the candidate sees after a step. Taking the step again changes nothing. */
export function exposureAfter(step: TrafficStep, before: Exposure): Exposure {
  switch (step.kind) {
    case 'setWeight':
      return withWeight(step.weight, before);
    case 'route':
      return withRoutes(before, put(before.routes ?? [], step.route));
    case 'removeRoute':
      return withRoutes(
        before,
        (before.routes ?? []).filter(({ name }) => name !== step.name),
      );
    case 'mirror': {
      const { mirror: _ended, ...rest } = before;
      // A plan that replaced another may copy where the other one had given weight.
      const copies = step.mirror !== undefined && before.weight === NOTHING;
      return copies ? { ...rest, mirror: step.mirror } : rest;
    }
  }
}

/** With all traffic there is nobody left to send elsewhere, and nothing answered is copied too. */
function withWeight(weight: Exposure['weight'], before: Exposure): Exposure {
  if (weight === EVERYTHING) return { weight };
  if (weight === NOTHING) return { ...before, weight };
  const { mirror: _ended, ...rest } = before;
  return { ...rest, weight };
}

function withRoutes(before: Exposure, routes: readonly MatchRoute[]): Exposure {
  const { routes: _before, ...rest } = before;
  return routes.length === 0 ? rest : { ...rest, routes };
}

const put = (routes: readonly MatchRoute[], route: MatchRoute): readonly MatchRoute[] =>
  routes.some(({ name }) => name === route.name)
    ? routes.map((known) => (known.name === route.name ? route : known))
    : [...routes, route];
