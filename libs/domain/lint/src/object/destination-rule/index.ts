import type { Check } from '../rule.js';
import { exportTo } from '../shared/export-to.js';
import { domainRemark } from '../shared/host.js';
import { selector } from '../shared/selector.js';
import { wildcardDomainFault } from '../syntax/dns.js';
import { all, inside } from '../walk.js';
import { subsets } from './subsets.js';
import { trafficPolicy } from './traffic-policy.js';

const host: Check = function* (spec) {
  const spot = spec.at('host');
  if (!spec.isObject || (spot.isSet && typeof spot.value !== 'string')) return;
  const fault = wildcardDomainFault(spot.text);
  if (fault !== undefined) yield domainRemark(spot, spot.text, fault);
};

export const destinationRule: Check = all(
  host,
  inside('trafficPolicy', trafficPolicy),
  subsets,
  exportTo({ selector: true }),
  inside('workloadSelector', selector('matchLabels')),
);
