import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';

export const statusRules = rules({
  HTTP_STATUS_RANGE: refused('A status that Envoy is to answer with is not in 200..600.', {
    next: 'Write a status from 200 to 599.',
  }),
});

/** istiod lets 600 pass. */
export const statusRange: Check = function* (spot) {
  if (spot.number === undefined || (spot.number >= 200 && spot.number <= 600)) return;
  yield statusRules.HTTP_STATUS_RANGE.on(spot, `Status ${spot.number} is not in 200..599.`);
};
