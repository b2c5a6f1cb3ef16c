import type { Check, Remark } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import { isUnix, unixPath } from '../shared/address.js';
import { labels } from '../shared/labels.js';
import { port, portName } from '../shared/port.js';
import { Spot } from '../spot.js';
import { fqdnFault } from '../syntax/dns.js';
import { isIp } from '../syntax/ip.js';

export const endpointRules = rules({
  ENDPOINT_ADDRESS_MISSING: refusedByServer('An endpoint has neither an address nor a network.', {
    next: 'Add address.',
  }),
  ENDPOINT_ADDRESS_ONLY_NETWORK: warned('An endpoint has a network and no address.', {
    consequence: "It stands for all endpoints behind that network's gateway.",
    next: 'Add address, unless the gateway is meant.',
  }),
  ENDPOINT_ADDRESS_NOT_IP: refused('An endpoint that is not looked up has a name for address.', {
    without: 'it is stored, and Envoy refuses the endpoint',
    next: 'Write an IP address, or resolution: DNS.',
  }),
  ENDPOINT_ADDRESS_INVALID: refused('An address is neither an IP address nor a domain name.', {
    without: 'it is stored, and nothing can connect to it',
    next: 'Write an IP address or a domain name without wildcards.',
  }),
  ENDPOINT_PORT_UNKNOWN: refused('An endpoint has a port that the ServiceEntry does not.', {
    without: 'it is stored, and the port is ignored',
    next: 'Use the name of a port in spec.ports.',
  }),
  UNIX_ENDPOINT_WITH_PORTS: refusedByServer('An endpoint that is a unix socket has ports.', {
    next: 'Remove the ports.',
  }),
  UNIX_ENDPOINT_PORT_COUNT: refused(
    'A unix socket serves a ServiceEntry with more than one port.',
    {
      without: 'it is stored, and every port leads to the one socket',
      next: 'Leave exactly one port in spec.ports.',
    },
  ),
});

/** What a kind of endpoint is allowed to be. */
interface Allowed {
  /** The names of the ports, where they are known. */
  readonly ports?: ReadonlySet<string>;
  readonly names: boolean;
  readonly unix: boolean;
}

export const endpoint = (allowed: Allowed): Check =>
  function* (spot, scope) {
    const address = spot.at('address');
    if (address.isSet && typeof address.value !== 'string') return;
    yield* whole(spot, address, allowed);
    if (allowed.unix && isUnix(address.text)) {
      yield* unixPath(address, scope);
      yield* socket(spot, allowed);
    } else if (address.text !== '') {
      yield* reachable(address, allowed);
    }
    yield* ports(spot, allowed);
    for (const [name, value] of spot.at('ports').entries()) {
      yield* portName(new Spot(name, value.path), scope);
      yield* port(value, scope);
    }
    yield* labels(spot.at('labels'), scope);
  };

/** A network alone will do, but not where the address is to be looked up. */
function* whole(spot: Spot, address: Spot, allowed: Allowed): Iterable<Remark> {
  if (address.text !== '') return;
  const network = spot.at('network').text;
  if (network === '') {
    yield endpointRules.ENDPOINT_ADDRESS_MISSING.on(address, 'There is no address.');
  } else if (allowed.unix) {
    yield endpointRules.ENDPOINT_ADDRESS_ONLY_NETWORK.on(address, `Only network ${network}.`);
  } else {
    yield* reachable(address, allowed);
  }
}

function* reachable(address: Spot, { names }: Allowed): Iterable<Remark> {
  if (isIp(address.text)) return;
  const said = JSON.stringify(address.text);
  if (!names) {
    yield endpointRules.ENDPOINT_ADDRESS_NOT_IP.on(address, `${said} is not an IP address.`);
  } else if (fqdnFault(address.text) !== undefined) {
    yield endpointRules.ENDPOINT_ADDRESS_INVALID.on(address, `${said} is neither.`);
  }
}

function* socket(spot: Spot, { ports: known }: Allowed): Iterable<Remark> {
  if (spot.at('ports').entries().length > 0) {
    yield endpointRules.UNIX_ENDPOINT_WITH_PORTS.on(spot.at('ports'), 'A socket has no ports.');
  }
  if (known === undefined || known.size === 1) return;
  yield endpointRules.UNIX_ENDPOINT_PORT_COUNT.on(spot, `spec.ports has ${known.size} ports.`);
}

function* ports(spot: Spot, { ports: known }: Allowed): Iterable<Remark> {
  if (known === undefined) return;
  for (const [name, value] of spot.at('ports').entries()) {
    if (known.has(name)) continue;
    yield endpointRules.ENDPOINT_PORT_UNKNOWN.on(value, `spec.ports has no port ${name}.`);
  }
}
