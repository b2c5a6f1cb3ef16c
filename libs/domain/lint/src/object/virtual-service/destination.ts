import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { domainRemark } from '../shared/host.js';
import { port } from '../shared/port.js';
import { subsetName } from '../shared/subset-name.js';
import { wildcardDomainFault } from '../syntax/dns.js';
import { all, inside, on } from '../walk.js';

export const destinationRules = rules({
  DESTINATION_MISSING: refused('A route has no destination.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add destination.host.',
  }),
  DESTINATION_HOST_ALL: refused('A destination has the host *.', {
    without: 'it is stored, and requests to it fail with 503 (no such cluster)',
    next: 'Name the service.',
  }),
});

const host: Check = function* (destination) {
  const spot = destination.at('host');
  if (spot.isSet && typeof spot.value !== 'string') return;
  if (spot.text === '*') {
    yield destinationRules.DESTINATION_HOST_ALL.on(spot, 'The host of the destination is *.');
    return;
  }
  const fault = wildcardDomainFault(spot.text);
  if (fault !== undefined) yield domainRemark(spot, spot.text, fault);
};

export const destination: Check = all(
  host,
  on('subset', subsetName),
  inside('port', (spot, scope) => port(spot.at('number'), scope)),
);

/** A destination that has to be there. */
export const requiredDestination: Check = function* (route, scope) {
  const spot = route.at('destination');
  if (spot.isObject) yield* destination(spot, scope);
  else if (!spot.isSet) {
    yield destinationRules.DESTINATION_MISSING.on(spot, 'There is no destination.');
  }
};
