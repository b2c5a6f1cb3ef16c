import type { Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { isDnsLabel, isPartialWildcard, wildcardDomainFault } from '../syntax/dns.js';
import { isIp } from '../syntax/ip.js';
import { domainRemark } from './host.js';

const unmatched = 'it is stored, and fits no host';

export const hostEntryRules = rules({
  HOST_NOT_NAMESPACED: refused('A host of a Sidecar does not say its namespace.', {
    without: unmatched,
    next: 'Write namespace/host; ./* is everything in the same namespace, */* everything.',
  }),
  HOST_ENTRY_HALF_EMPTY: refused('A host lacks the namespace or the name around its slash.', {
    without: unmatched,
    next: 'Write both, or the host alone where that is allowed.',
  }),
  HOST_NAMESPACE_INVALID: refused('The namespace in front of a host is not one.', {
    without: unmatched,
    next: 'Write a namespace, . for the own one, or * for any.',
  }),
  HOST_SHORT_NAME: refused('A host of a Gateway or a Sidecar is a short name.', {
    without: unmatched,
    next: 'Write the full name, such as reviews.shop.svc.cluster.local.',
  }),
  HOST_PARTIAL_WILDCARD: refused('A host has a wildcard in the middle of a label.', {
    without: unmatched,
    next: 'Write * alone, or *. in front of a domain.',
  }),
});

type Owner = 'Gateway' | 'Sidecar';

/** `namespace/host`; a Gateway may leave the namespace out. */
export function* hostEntry(spot: Spot, owner: Owner): Iterable<Remark> {
  const slash = spot.text.indexOf('/');
  const said = JSON.stringify(spot.text);
  if (slash < 0 && owner === 'Sidecar') {
    yield hostEntryRules.HOST_NOT_NAMESPACED.on(spot, `Host ${said} has no namespace.`);
    return;
  }
  if (slash < 0) {
    yield* name(spot, spot.text, owner);
    return;
  }
  const namespace = spot.text.slice(0, slash);
  const host = spot.text.slice(slash + 1);
  if (namespace === '' || host === '') {
    yield hostEntryRules.HOST_ENTRY_HALF_EMPTY.on(spot, `Host ${said} lacks a half.`);
    return;
  }
  const special = owner === 'Sidecar' ? ['*', '.', '~'] : ['*', '.'];
  if (!special.includes(namespace) && !isDnsLabel(namespace)) {
    yield hostEntryRules.HOST_NAMESPACE_INVALID.on(
      spot,
      `${JSON.stringify(namespace)} is not a namespace.`,
    );
  }
  yield* name(spot, host, owner);
}

function* name(spot: Spot, host: string, owner: Owner): Iterable<Remark> {
  const said = JSON.stringify(host);
  if (host !== '*' && !host.includes('.')) {
    yield hostEntryRules.HOST_SHORT_NAME.on(spot, `Host ${said} is a short name.`);
  }
  const fault = wildcardDomainFault(host);
  if (fault !== undefined && !(owner === 'Gateway' && isIp(host))) {
    yield domainRemark(spot, host, fault);
  }
  if (isPartialWildcard(host)) {
    yield hostEntryRules.HOST_PARTIAL_WILDCARD.on(spot, `Host ${said} has a partial wildcard.`);
  }
}
