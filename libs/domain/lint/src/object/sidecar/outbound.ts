import type { Check, Remark } from '../rule.js';
import { refused, rules, silent, warned } from '../rule.js';
import { domainRemark } from '../shared/host.js';
import type { Spot } from '../spot.js';
import { fqdnFault } from '../syntax/dns.js';
import { destination } from '../virtual-service/destination.js';

export const outboundRules = rules({
  OUTBOUND_POLICY_IMPLICIT: silent('outboundTrafficPolicy does not say its mode.', {
    consequence: 'It is REGISTRY_ONLY: requests to unknown hosts get 502, connections are closed.',
    next: 'Write the mode that is meant, REGISTRY_ONLY or ALLOW_ANY.',
  }),
  OUTBOUND_DYNAMIC_DNS: refused('A Sidecar has the mode ALLOW_ANY_DYNAMIC_DNS.', {
    next: 'Write ALLOW_ANY; the other is for the configuration of the mesh.',
  }),
  EGRESS_PROXY_MODE: refused('egressProxy stands beside a mode other than ALLOW_ANY.', {
    without: 'it is stored, and unknown hosts are blocked',
    next: 'Write mode: ALLOW_ANY, or remove egressProxy.',
  }),
  EGRESS_PROXY_PORT_MISSING: refused('egressProxy has no port.', {
    without: 'it is stored, and unknown hosts cannot be reached',
    next: 'Add egressProxy.port.number.',
  }),
  EGRESS_PROXY_DEPRECATED: warned('egressProxy is deprecated.', {
    istio: 'IST0002',
    consequence: 'It still works, and may stop to.',
    next: 'Route to the proxy by a ServiceEntry and a VirtualService.',
  }),
});

export const outbound: Check = function* (policy, scope) {
  const mode = policy.at('mode');
  if (!mode.isSet) {
    yield outboundRules.OUTBOUND_POLICY_IMPLICIT.on(policy, 'There is no mode.');
  }
  if (mode.text === 'ALLOW_ANY_DYNAMIC_DNS') {
    yield outboundRules.OUTBOUND_DYNAMIC_DNS.on(mode, `mode is ${mode.text}.`);
  }
  const proxy = policy.at('egressProxy');
  if (!proxy.isObject) return;
  yield outboundRules.EGRESS_PROXY_DEPRECATED.on(proxy, 'egressProxy is set.');
  if (mode.text !== 'ALLOW_ANY') {
    yield outboundRules.EGRESS_PROXY_MODE.on(proxy, `mode is ${mode.text || 'REGISTRY_ONLY'}.`);
    return;
  }
  yield* noWildcard(proxy.at('host'));
  if (proxy.at('port').isSet) yield* destination(proxy, scope);
  else yield outboundRules.EGRESS_PROXY_PORT_MISSING.on(proxy.at('port'), 'There is no port.');
};

/** What is wrong with the rest of the name, a destination says. */
function* noWildcard(host: Spot): Iterable<Remark> {
  const fault = host.text.includes('*') ? fqdnFault(host.text) : undefined;
  if (fault !== undefined) yield domainRemark(host, host.text, fault);
}
