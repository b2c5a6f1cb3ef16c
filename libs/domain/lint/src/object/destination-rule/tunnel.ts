import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { port } from '../shared/port.js';
import { fqdnFault } from '../syntax/dns.js';
import { isIp } from '../syntax/ip.js';

export const tunnelRules = rules({
  TUNNEL_PROTOCOL_UNKNOWN: refused('The protocol of a tunnel is not CONNECT or POST.', {
    next: 'Write CONNECT or POST.',
  }),
  TUNNEL_HOST_INVALID: refused('The target of a tunnel is neither a domain nor an address.', {
    without: 'it is stored, and the tunnel leads nowhere',
    next: 'Write a domain name or an IP address.',
  }),
});

export const tunnel: Check = function* (spot, scope) {
  const protocol = spot.at('protocol');
  if (!['', 'CONNECT', 'POST'].includes(protocol.text)) {
    yield tunnelRules.TUNNEL_PROTOCOL_UNKNOWN.on(protocol, `${protocol.text} is not known.`);
  }
  const host = spot.at('targetHost');
  if (fqdnFault(host.text) !== undefined && !isIp(host.text)) {
    yield tunnelRules.TUNNEL_HOST_INVALID.on(
      host,
      `${JSON.stringify(host.text)} is neither a domain nor an address.`,
    );
  }
  yield* port(spot.at('targetPort'), scope);
};
