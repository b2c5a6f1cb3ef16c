import type { Check, Remark, Rule } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { fqdnFault, isPartialWildcard } from '../syntax/dns.js';
import { isHttp, isTls } from '../syntax/protocol.js';
import { all, each } from '../walk.js';
import { endpoint } from './endpoint.js';
import { resolutionOf } from './resolution-of.js';

/** Since then `*.example.com` may be looked up without endpoints. */
const wildcardsSince = 28;

const oneName = 'it is stored, and the hosts are never found';

export const resolutionRules = rules({
  ENTRY_SELECTOR_AND_ENDPOINTS: refusedByServer('There are both workloadSelector and endpoints.', {
    next: 'Keep one of the two.',
  }),
  ENTRY_SELECTOR_UNUSED: warned('A workloadSelector stands beside resolution NONE.', {
    consequence: 'It is ignored: connections go to the address that the client asked for.',
    next: 'Write resolution: STATIC.',
  }),
  ENTRY_ENDPOINTS_UNUSED: refusedByServer('There are endpoints, and resolution is NONE.', {
    next: 'Write resolution: STATIC, or DNS where the endpoints are names.',
  }),
  ENTRY_CIDR_LOOKED_UP: refusedByServer('An address is a block, and hosts are looked up.', {
    next: 'Write single addresses, or resolution: NONE or STATIC.',
  }),
  ENTRY_HOST_NOT_FOUND_BY_DNS: refused('A host cannot be looked up and there are no endpoints.', {
    without: oneName,
    next: 'Write a name without wildcards, or endpoints.',
  }),
  ENTRY_ROUND_ROBIN_ENDPOINTS: refusedByServer('DNS_ROUND_ROBIN has more than one endpoint.', {
    next: 'Leave one endpoint, or write resolution: DNS.',
  }),
  DYNAMIC_DNS_HOST_NOT_WILDCARD: refused('DYNAMIC_DNS has a host without a wildcard.', {
    next: 'Write *. in front of the domain, or resolution: DNS.',
  }),
  DYNAMIC_DNS_WITH_ADDRESSES: refused('DYNAMIC_DNS has addresses.', { next: 'Remove addresses.' }),
  DYNAMIC_DNS_WITH_ENDPOINTS: refused('DYNAMIC_DNS has endpoints.', { next: 'Remove endpoints.' }),
  DYNAMIC_DNS_PROTOCOL: refused('DYNAMIC_DNS has a port that does not say the host.', {
    next: 'Write HTTP, HTTP2, GRPC or TLS.',
  }),
  DYNAMIC_DNS_MESH_INTERNAL: refused('DYNAMIC_DNS is inside the mesh.', {
    next: 'Write location: MESH_EXTERNAL.',
  }),
});

const portNames = (spec: Spot): ReadonlySet<string> =>
  new Set(
    spec
      .at('ports')
      .items()
      .filter(({ isObject }) => isObject)
      .map((port) => port.at('name').text),
  );

const sources: Check = function* (spec) {
  const endpoints = spec.at('endpoints');
  if (spec.at('workloadSelector').isSet && endpoints.isSet) {
    yield resolutionRules.ENTRY_SELECTOR_AND_ENDPOINTS.on(
      endpoints,
      'workloadSelector is set too.',
    );
  }
};

const none: Check = function* (spec) {
  const endpoints = spec.at('endpoints');
  if (endpoints.isSet) {
    yield resolutionRules.ENTRY_ENDPOINTS_UNUSED.on(endpoints, 'resolution is NONE.');
  }
  const selector = spec.at('workloadSelector');
  if (selector.isSet) {
    yield resolutionRules.ENTRY_SELECTOR_UNUSED.on(selector, 'resolution is NONE.');
  }
};

const fixed: Check = (spec, scope) =>
  each('endpoints', endpoint({ ports: portNames(spec), names: false, unix: true }))(spec, scope);

const lookedUp: Check = function* (spec, scope) {
  const endpoints = spec.at('endpoints');
  const count = endpoints.items().length;
  if (resolutionOf(spec) === 'DNS_ROUND_ROBIN' && count > 1) {
    yield resolutionRules.ENTRY_ROUND_ROBIN_ENDPOINTS.on(endpoints, `There are ${count}.`);
  }
  const wildcards = scope.minor >= wildcardsSince;
  const hosts = count === 0 ? spec.at('hosts').texts() : [];
  for (const host of hosts.filter(({ text }) => !isFound(text, wildcards))) {
    yield resolutionRules.ENTRY_HOST_NOT_FOUND_BY_DNS.on(
      host,
      `Host ${JSON.stringify(host.text)} cannot be looked up.`,
    );
  }
  const allowed = { ports: portNames(spec), names: true, unix: false };
  yield* each('endpoints', endpoint(allowed))(spec, scope);
};

/** A host that is no domain at all is said to be none elsewhere. */
const isFound = (host: string, wildcards: boolean): boolean =>
  wildcards ? !isPartialWildcard(host) : fqdnFault(host) === undefined;

const dynamic: Check = function* (spec) {
  for (const host of spec
    .at('hosts')
    .texts()
    .filter(({ text }) => !text.startsWith('*'))) {
    yield resolutionRules.DYNAMIC_DNS_HOST_NOT_WILDCARD.on(host, `Host ${host.text} has none.`);
  }
  yield* forbidden(spec.at('addresses'), resolutionRules.DYNAMIC_DNS_WITH_ADDRESSES);
  yield* forbidden(spec.at('endpoints'), resolutionRules.DYNAMIC_DNS_WITH_ENDPOINTS);
  const protocols = spec
    .at('ports')
    .items()
    .map((port) => port.at('protocol'));
  for (const spot of protocols.filter(({ text }) => !isHttp(text) && !isTls(text))) {
    yield resolutionRules.DYNAMIC_DNS_PROTOCOL.on(
      spot,
      `Protocol ${spot.text || 'TCP'} says none.`,
    );
  }
  const location = spec.at('location');
  if (location.text === 'MESH_INTERNAL') {
    yield resolutionRules.DYNAMIC_DNS_MESH_INTERNAL.on(location, 'location is MESH_INTERNAL.');
  }
};

function* forbidden(list: Spot, rule: Rule): Iterable<Remark> {
  const count = list.items().length;
  if (count > 0) yield rule.on(list, `There are ${count}.`);
}

const cidr: Check = function* (spec) {
  if (['NONE', 'STATIC'].includes(resolutionOf(spec))) return;
  for (const spot of spec
    .at('addresses')
    .texts()
    .filter(({ text }) => text.includes('/'))) {
    yield resolutionRules.ENTRY_CIDR_LOOKED_UP.on(spot, `${spot.text} is a block of addresses.`);
  }
};

const byResolution = new Map<string, Check>([
  ['NONE', none],
  ['STATIC', fixed],
  ['DNS', lookedUp],
  ['DNS_ROUND_ROBIN', lookedUp],
  ['DYNAMIC_DNS', dynamic],
]);

const chosen: Check = (spec, scope) => byResolution.get(resolutionOf(spec))?.(spec, scope) ?? [];

export const resolution: Check = all(sources, cidr, chosen);
