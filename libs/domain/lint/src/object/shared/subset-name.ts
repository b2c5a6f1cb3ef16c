import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { isDnsLabel } from '../syntax/dns.js';

export const subsetNameRules = rules({
  SUBSET_NAME_INVALID: refused('The name of a subset is not a DNS label.', {
    without: 'it is stored, and the cluster that istiod names after it may be read wrongly',
    next: 'Use at most 63 letters, digits and hyphens.',
  }),
});

export const subsetName: Check = function* (spot) {
  if (spot.text === '' || isDnsLabel(spot.text)) return;
  yield subsetNameRules.SUBSET_NAME_INVALID.on(
    spot,
    `Subset name ${JSON.stringify(spot.text)} is not a DNS label.`,
  );
};
