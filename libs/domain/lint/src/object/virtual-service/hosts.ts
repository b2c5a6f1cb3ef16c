import type { Check, Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import { domainRemark } from '../shared/host.js';
import type { Spot } from '../spot.js';
import { hostsOverlap, wildcardDomainFault } from '../syntax/dns.js';
import { isIp } from '../syntax/ip.js';
import { isForGateways } from './gateways.js';

export const virtualHostRules = rules({
  HOST_ALL_IN_MESH: refused('A VirtualService for sidecars has the host *.', {
    without: 'it is stored, and what it does to every other host of the mesh is not defined',
    next: 'Name the hosts, or bind it to gateways only.',
  }),
  HOSTS_OVERLAP: refused('Two hosts of a VirtualService fit the same name.', {
    without: 'Envoy may be sent a domain twice, and refuse the whole route configuration',
    next: 'Remove the narrower host, or move it to a VirtualService of its own.',
  }),
});

export const hosts: Check = function* (spec) {
  const list = spec.at('hosts').texts();
  const faults = list.flatMap((host) => [...hostFault(host, spec)]);
  yield* faults;
  if (faults.length === 0) yield* overlaps(list);
};

function* hostFault(host: Spot, spec: Spot): Iterable<Remark> {
  const forGateways = isForGateways(spec);
  if (forGateways && isSniHost(host.text) && hasSniMatch(spec)) return;
  const fault = wildcardDomainFault(host.text);
  if (fault !== undefined) {
    if (!isIp(host.text)) yield domainRemark(host, host.text, fault);
  } else if (host.text === '*' && !forGateways) {
    yield virtualHostRules.HOST_ALL_IN_MESH.on(host, 'Host * is bound to the mesh gateway.');
  }
}

function* overlaps(list: readonly Spot[]): Iterable<Remark> {
  for (const [index, host] of list.entries()) {
    const other = list.slice(0, index).find(({ text }) => hostsOverlap(text, host.text));
    if (other === undefined) continue;
    yield virtualHostRules.HOSTS_OVERLAP.on(host, `Host ${host.text} overlaps with ${other.text}.`);
  }
}

/** What istiod puts into SNI between networks: `outbound_.80_._.reviews.shop.svc.cluster.local`. */
export const isSniHost = (host: string): boolean =>
  /^outbound_\.?[^_]*\d[^_]*_[^_]*_\.?[^_]*[a-zA-Z]/.test(host);

const hasSniMatch = (spec: Spot): boolean =>
  spec
    .at('tls')
    .items()
    .flatMap((route) => route.at('match').items())
    .some((match) => match.at('sniHosts').items().length > 0);
