import type { Check, Remark } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { subnet } from '../shared/address.js';
import { domainRemark } from '../shared/host.js';
import type { Spot } from '../spot.js';
import { hostWithin, wildcardDomainFault } from '../syntax/dns.js';
import { isIp } from '../syntax/ip.js';
import { all, each, eachText } from '../walk.js';
import { requiredDestination } from './destination.js';
import { isForGateways } from './gateways.js';
import { isSniHost } from './hosts.js';
import { clientMatch } from './match.js';
import { weights } from './weights.js';

export const tlsRules = rules({
  TLS_MATCH_MISSING: refused('A tls rule has no match.', {
    without: 'it is stored, and the rule is never used',
    next: 'Add a match with sniHosts.',
  }),
  TLS_SNI_MISSING: refused('A match of a tls rule has no sniHosts.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add the server names that clients ask for.',
  }),
  TLS_ROUTE_MISSING: refused('A tls rule has no route.', {
    without: 'it is stored, and connections that fit it are closed',
    next: 'Add a route with a destination.',
  }),
  TCP_ROUTE_MISSING: refused('A tcp rule has no route.', {
    without: 'it is stored, and connections that fit it are closed',
    next: 'Add a route with a destination.',
  }),
  SNI_OUTSIDE_HOSTS: refused('A server name is not covered by the hosts of the VirtualService.', {
    without: 'it is stored, and the rule is never used',
    next: 'Add the name to hosts.',
  }),
  SNI_IS_IP: warned('A server name is an IP address.', {
    consequence: 'Most clients never send one, so the rule is rarely used.',
    next: 'Write a domain name.',
  }),
});

function* sniHost(spot: Spot, spec: Spot): Iterable<Remark> {
  const between = spec.at('gateways').items().length === 0 || isForGateways(spec);
  const fault = between && isSniHost(spot.text) ? undefined : wildcardDomainFault(spot.text);
  if (fault !== undefined && isIp(spot.text)) {
    yield tlsRules.SNI_IS_IP.on(spot, `Server name ${spot.text} is an IP address.`);
  } else if (fault !== undefined) {
    yield domainRemark(spot, spot.text, fault);
  } else if (
    !spec
      .at('hosts')
      .texts()
      .some(({ text }) => hostWithin(spot.text, text))
  ) {
    yield tlsRules.SNI_OUTSIDE_HOSTS.on(spot, `Server name ${spot.text} fits none of the hosts.`);
  }
}

const sniHosts: Check = function* (match, { spec }) {
  const list = match.at('sniHosts');
  if (!list.isSet || (Array.isArray(list.value) && list.value.length === 0)) {
    yield tlsRules.TLS_SNI_MISSING.on(list, 'There are no sniHosts.');
  }
  for (const spot of list.texts()) yield* sniHost(spot, spec);
};

const connectionMatch: Check = all(eachText('destinationSubnets', subnet), clientMatch);

const empty =
  (field: string, rule: (typeof tlsRules)[keyof typeof tlsRules]): Check =>
  (spot) => {
    const list = spot.at(field);
    const missing = !list.isSet || (Array.isArray(list.value) && list.value.length === 0);
    return missing ? [rule.on(list, `There is no ${field}.`)] : [];
  };

export const tlsRoute: Check = all(
  empty('match', tlsRules.TLS_MATCH_MISSING),
  empty('route', tlsRules.TLS_ROUTE_MISSING),
  each('match', sniHosts, connectionMatch),
  each('route', requiredDestination),
  weights,
);

export const tcpRoute: Check = all(
  empty('route', tlsRules.TCP_ROUTE_MISSING),
  each('match', connectionMatch),
  each('route', requiredDestination),
  weights,
);
