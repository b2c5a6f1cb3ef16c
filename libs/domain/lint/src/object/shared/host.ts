import type { Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import type { DomainFault } from '../syntax/dns.js';

const unmatched = 'it is stored, and no request ever has such a host';

export const hostRules = rules({
  HOST_EMPTY: refused('A host is empty.', {
    without: unmatched,
    next: 'Write the host, best as a full name such as reviews.shop.svc.cluster.local.',
  }),
  HOST_TOO_LONG: refused('A host has more than 255 characters.', {
    without: unmatched,
    next: 'Write a host of at most 255 characters.',
  }),
  HOST_LABEL_INVALID: refused('A part of a host is not a DNS label.', {
    without: unmatched,
    next: 'Use letters, digits and hyphens between the dots; a wildcard may only be in front.',
  }),
  HOST_TOP_LEVEL_NUMERIC: refused('The last part of a host is a number.', {
    without: unmatched,
    next: 'Write a domain name; an address belongs where addresses are asked for.',
  }),
});

/** The finding that a fault of a domain is. */
export function domainRemark(spot: Spot, domain: string, fault: DomainFault): Remark {
  const name = JSON.stringify(domain);
  switch (fault.kind) {
    case 'empty':
      return hostRules.HOST_EMPTY.on(spot, 'The host is empty.');
    case 'long':
      return hostRules.HOST_TOO_LONG.on(spot, `The host has ${domain.length} characters.`);
    case 'numeric':
      return hostRules.HOST_TOP_LEVEL_NUMERIC.on(
        spot,
        `Host ${name} ends in the number ${fault.label}.`,
      );
    case 'label':
      return hostRules.HOST_LABEL_INVALID.on(
        spot,
        `Host ${name} has the part ${JSON.stringify(fault.label)}, which is not a DNS label.`,
      );
  }
}
