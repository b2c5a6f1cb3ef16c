import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { duration } from '../shared/duration.js';
import { all, inside, on } from '../walk.js';
import { consistentHash } from './consistent-hash.js';
import { locality } from './locality.js';

/** Since then, an aggression between 0 and 1 is allowed. */
const gentleSince = 31;

export const loadBalancerRules = rules({
  WARMUP_DURATION_MISSING: refused('A warm-up has no duration.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add warmup.duration.',
  }),
  WARMUP_PERCENT_TOO_HIGH: refused('The minimum of a warm-up is above 100 %.', {
    without: 'the API server refuses it too',
    next: 'Write a minimumPercent from 0 to 100.',
  }),
  WARMUP_AGGRESSION_TOO_LOW: refused('The aggression of a warm-up is too low.', {
    next: 'Write 1 or more; from Istio 1.31 on, anything above 0.',
  }),
  LOCALITY_AND_ZONE_AWARE: refused('Both localityLbSetting and zoneAwareLbSetting are set.', {
    next: 'Keep one of the two.',
  }),
});

const warmup: Check = function* (spot, { minor }) {
  if (!spot.at('duration').isSet) {
    yield loadBalancerRules.WARMUP_DURATION_MISSING.on(
      spot.at('duration'),
      'There is no duration.',
    );
  }
  const percent = spot.at('minimumPercent');
  if ((percent.number ?? 0) > 100) {
    yield loadBalancerRules.WARMUP_PERCENT_TOO_HIGH.on(percent, `${percent.number} is above 100.`);
  }
  const aggression = spot.at('aggression');
  const { number } = aggression;
  if (number === undefined || number >= 1 || (minor >= gentleSince && number > 0)) return;
  yield loadBalancerRules.WARMUP_AGGRESSION_TOO_LOW.on(aggression, `aggression is ${number}.`);
};

const oneKindOfZones: Check = function* (settings) {
  if (settings.setOf('localityLbSetting', 'zoneAwareLbSetting').length < 2) return;
  yield loadBalancerRules.LOCALITY_AND_ZONE_AWARE.on(settings, 'Both are set.');
};

/** Given the policy that holds it, for failover asks about outlier detection beside it. */
export const loadBalancer: Check = all(
  inside(
    'loadBalancer',
    inside('consistentHash', consistentHash),
    inside('warmup', on('duration', duration), warmup),
    on('warmupDurationSecs', duration),
    oneKindOfZones,
  ),
  locality,
);
