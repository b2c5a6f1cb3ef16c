import type { Check, Remark } from '../rule.js';
import { frozenRoutes, refused, rules, silent } from '../rule.js';
import type { Spot } from '../spot.js';

/** Since Istio 1.15 a share is the weight over the sum of weights. */
const freeSumSince = 15;

export const weightRules = rules({
  WEIGHT_NEGATIVE: refused('A weight is below 0.', {
    next: 'Write 0 for a destination that gets no traffic.',
  }),
  WEIGHTS_ALL_ZERO: refused('Several destinations have a total weight of 0.', {
    without: frozenRoutes,
    next: 'Give at least one destination a weight above 0.',
  }),
  WEIGHTS_NOT_HUNDRED: refused('The weights do not sum to 100 (Istio before 1.15).', {
    next: 'Write weights that sum to 100, or update Istio.',
  }),
  WEIGHT_IGNORED: silent('A single destination has a weight other than 100.', {
    consequence: 'It gets all traffic, whatever its weight; also with the weight 0.',
    next: 'Remove the weight, or add the destination that is to get the rest.',
  }),
});

const weightOf = (route: Spot): number => route.at('weight').number ?? 0;

/** The weights of the destinations of one rule, of http, tls or tcp. */
export const weights: Check = function* (rule, { minor }) {
  const list = rule.at('route');
  const routes = list.items().filter(({ isObject }) => isObject);
  for (const route of routes) yield* negative(route.at('weight'));
  const total = routes.reduce((sum, route) => sum + weightOf(route), 0);
  if (routes.length > 1) yield* sum(list, total, minor);
  else if (routes[0] !== undefined) yield* ignored(routes[0].at('weight'));
};

function* negative(weight: Spot): Iterable<Remark> {
  if (weight.number === undefined || weight.number >= 0) return;
  yield weightRules.WEIGHT_NEGATIVE.on(weight, `Weight ${weight.number} is below 0.`);
}

function* sum(list: Spot, total: number, minor: number): Iterable<Remark> {
  if (total === 0) {
    yield weightRules.WEIGHTS_ALL_ZERO.on(list, 'The weights sum to 0.');
  } else if (minor < freeSumSince && total !== 100) {
    yield weightRules.WEIGHTS_NOT_HUNDRED.on(list, `The weights sum to ${total}.`);
  }
}

function* ignored(weight: Spot): Iterable<Remark> {
  if (weight.number === undefined || weight.number === 100 || weight.number < 0) return;
  yield weightRules.WEIGHT_IGNORED.on(weight, `Weight ${weight.number} has no effect.`);
}
