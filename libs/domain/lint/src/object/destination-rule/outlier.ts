import type { Check } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { duration } from '../shared/duration.js';
import { all, on } from '../walk.js';

export const outlierRules = rules({
  OUTLIER_LOCAL_FAILURES_UNSPLIT: refused(
    'consecutiveLocalOriginFailures is set, and local failures are not counted apart.',
    {
      without: 'it is stored, and the number is ignored',
      next: 'Set splitExternalLocalOriginErrors: true, or remove the number.',
    },
  ),
  PERCENT_OUT_OF_RANGE: refused('A percentage is not in 0..100.', {
    next: 'Write a whole number from 0 to 100.',
  }),
  OUTLIER_CONSECUTIVE_ERRORS_DEPRECATED: warned('consecutiveErrors is deprecated.', {
    consequence: 'It still works, and counts gateway errors.',
    next: 'Write consecutiveGatewayErrors or consecutive5xxErrors.',
  }),
});

const unsplit: Check = function* (outlier) {
  const spot = outlier.at('consecutiveLocalOriginFailures');
  if ((spot.number ?? 0) <= 0) return;
  if (outlier.at('splitExternalLocalOriginErrors').value === true) return;
  yield outlierRules.OUTLIER_LOCAL_FAILURES_UNSPLIT.on(
    spot,
    `${spot.number} local failures are not counted apart.`,
  );
};

const percent: Check = function* (spot) {
  if (spot.number === undefined || (spot.number >= 0 && spot.number <= 100)) return;
  yield outlierRules.PERCENT_OUT_OF_RANGE.on(spot, `${spot.number} is not in 0..100.`);
};

const deprecated: Check = function* (spot) {
  if ((spot.number ?? 0) === 0) return;
  yield outlierRules.OUTLIER_CONSECUTIVE_ERRORS_DEPRECATED.on(
    spot,
    `consecutiveErrors ${spot.number} is deprecated.`,
  );
};

export const outlierDetection: Check = all(
  unsplit,
  on('consecutiveErrors', deprecated),
  on('maxEjectionPercent', percent),
  on('minHealthPercent', percent),
  on('interval', duration),
  on('baseEjectionTime', duration),
);
