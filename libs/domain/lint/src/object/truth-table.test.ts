import { describe, expect, it } from '@jest/globals';
import { lintObject } from '../lint-object.js';
import { anObject, nearRe2 } from '../testing/index.js';

/** What upstream's own tables say of an input. Each row: the input, the object, the codes of the refusal; none is acceptance. */
type Row = readonly [
  input: string,
  object: ReturnType<typeof anObject>,
  ...refusal: readonly string[],
];

const virtualService = (spec: unknown) => anObject('VirtualService', 'shop/catalog', spec);
const destinationRule = (spec: unknown) => anObject('DestinationRule', 'shop/catalog', spec);
const serviceEntry = (spec: unknown) => anObject('ServiceEntry', 'shop/outside', spec);
const sidecar = (spec: unknown) => anObject('Sidecar', 'shop/default', spec);

const to = (subset: string, weight?: number) => ({
  destination: { host: 'catalog', subset },
  ...(weight === undefined ? {} : { weight }),
});
const route = [{ destination: { host: 'catalog' } }];

const rule = (http: unknown) => virtualService({ hosts: ['catalog'], http: [http] });
const split = (...destinations: unknown[]) => rule({ route: destinations });
const host = (name: string) => split({ destination: { host: name } });
const subset = (name: string) => split(to(name));
const match = (block: unknown) => rule({ match: [block], route });
const hosts = (names: readonly string[], gateways?: readonly string[]) =>
  virtualService({
    hosts: names,
    ...(gateways === undefined ? {} : { gateways }),
    http: [{ route }],
  });

const delegation = { delegate: { name: 'catalog', namespace: 'shop' } };
const gatewayOf = (servedHosts: readonly string[]) => ({
  selector: { istio: 'ingressgateway' },
  servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: servedHosts }],
});

const routes: readonly Row[] = [
  ['1 destination without weight', split(to('v1'))],
  ['1 destination with weight 0', split(to('v1', 0))],
  ['1 destination with weight 37', split(to('v1', 37))],
  ['2 destinations without weights', split(to('v1'), to('v2')), 'WEIGHTS_ALL_ZERO'],
  ['2 destinations 49/50', split(to('v1', 49), to('v2', 50))],
  ['2 destinations 550/500', split(to('v1', 550), to('v2', 500))],
  ['2 destinations 100/0', split(to('v1', 100), to('v2', 0))],
  ['2 destinations 5/-1', split(to('v1', 5), to('v2', -1)), 'WEIGHT_NEGATIVE'],
  ['destination host *', host('*'), 'DESTINATION_HOST_ALL'],
  ['destination host *foo.baz', host('*foo.baz')],
  ['destination host *-foo.baz', host('*-foo.baz')],
  ['destination host foo.*', host('foo.*'), 'HOST_LABEL_INVALID'],
  ['destination host default/baz', host('default/baz'), 'HOST_LABEL_INVALID'],
  ['destination subset v_1', subset('v_1'), 'SUBSET_NAME_INVALID'],
  ['destination subset V1', subset('V1')],
];

const tops: readonly Row[] = [
  ['no hosts and a route: a delegate', virtualService({ http: [{ route }] })],
  ['hosts [] and a route: a delegate', virtualService({ hosts: [], http: [{ route }] })],
  [
    'a delegate with gateways',
    virtualService({ gateways: ['public'], http: [{ route }] }),
    'DELEGATE_HAS_GATEWAYS',
  ],
  [
    'a delegate with tcp',
    virtualService({ http: [{ route }], tcp: [{ route }] }),
    'DELEGATE_HAS_TCP',
  ],
  [
    'a delegate with tls',
    virtualService({ http: [{ route }], tls: [{ match: [{ sniHosts: ['a.b'] }], route }] }),
    'DELEGATE_HAS_TLS',
    'SNI_OUTSIDE_HOSTS',
  ],
  ['hosts [] and http [{}]', virtualService({ hosts: [], http: [{}] }), 'ROUTE_ACTION_MISSING'],
  ['a root without gateways', virtualService({ hosts: ['a'], http: [delegation] })],
  ['a root on a gateway', virtualService({ hosts: ['a'], gateways: ['gw'], http: [delegation] })],
  ['delegate and route in one rule', rule({ ...delegation, route }), 'DELEGATE_AND_ROUTE'],
  [
    'a delegate that delegates',
    virtualService({ http: [{ ...delegation, route }] }),
    'DELEGATE_NESTED',
  ],
  ['hosts ["*"] without gateways', hosts(['*']), 'HOST_ALL_IN_MESH'],
  ['hosts ["*"] gateways [mesh]', hosts(['*'], ['mesh']), 'HOST_ALL_IN_MESH'],
  ['hosts ["*"] gateways [mesh, gw]', hosts(['*'], ['mesh', 'gw']), 'HOST_ALL_IN_MESH'],
  ['hosts ["*"] gateways [gw]', hosts(['*'], ['gw'])],
  ['hosts ["*.foo.bar","foo.foo.bar"]', hosts(['*.foo.bar', 'foo.foo.bar']), 'HOSTS_OVERLAP'],
  ['gateways ["ns/*"]', hosts(['a.b'], ['ns/*']), 'GATEWAY_NAME_INVALID'],
  ['gateways ["*/gw"]', hosts(['a.b'], ['*/gw']), 'GATEWAY_NAMESPACE_INVALID'],
  ['gateways ["gw.ns.svc.cluster.local"]', hosts(['a.b'], ['gw.ns.svc.cluster.local'])],
];

const matches: readonly Row[] = [
  ['headers {x: null}', match({ headers: { x: null } }), 'HEADER_MATCH_NULL'],
  ['headers {x: {}}', match({ headers: { x: {} } })],
  ['headers {x: {prefix: ""}}', match({ headers: { x: { prefix: '' } } }), 'MATCH_PREFIX_EMPTY'],
  ['uri {prefix: ""}', match({ uri: { prefix: '' } })],
  ['uri {regex: ""}', match({ uri: { regex: '' } }), 'REGEX_EMPTY'],
  ['uri {regex: 1024 characters}', match({ uri: { regex: 'a'.repeat(1024) } })],
  ['uri {regex: 1025 characters}', match({ uri: { regex: 'a'.repeat(1025) } }), 'REGEX_TOO_LONG'],
  ['uri {regex: (?=x)}', match({ uri: { regex: '(?=x)' } }), 'REGEX_INVALID'],
  ['withoutHeaders {x: {regex: "*"}}', match({ withoutHeaders: { x: { regex: '*' } } })],
  ['headers {x: {regex: "*"}}', match({ headers: { x: { regex: '*' } } }), 'REGEX_INVALID'],
  [
    'withoutHeaders {x: {regex: "?"}}',
    match({ withoutHeaders: { x: { regex: '?' } } }),
    'REGEX_INVALID',
  ],
];

const mirror = { host: 'catalog', subset: 'v2' };

const settings: readonly Row[] = [
  [
    'mirrorPercentage 101',
    rule({ route, mirror, mirrorPercentage: { value: 101 } }),
    'MIRROR_PERCENTAGE_TOO_HIGH',
  ],
  [
    'mirrorPercentage -1',
    rule({ route, mirror, mirrorPercentage: { value: -1 } }),
    'MIRROR_PERCENTAGE_NEGATIVE',
  ],
  ['mirrorPercentage 0', rule({ route, mirror, mirrorPercentage: { value: 0 } })],
  [
    'mirror and mirrors',
    rule({ route, mirror, mirrors: [{ destination: mirror }] }),
    'MIRROR_AND_MIRRORS',
  ],
  ['timeout 0s', rule({ route, timeout: '0s' }), 'DURATION_TOO_SHORT'],
  ['timeout 100us', rule({ route, timeout: '100us' }), 'DURATION_TOO_SHORT'],
  ['timeout 1ms', rule({ route, timeout: '1ms' })],
  ['timeout 1h', rule({ route, timeout: '1h' })],
  ['timeout 1m', rule({ route, timeout: '1m' })],
  ['timeout 1s', rule({ route, timeout: '1s' })],
  ['retries {attempts: 0}', rule({ route, retries: { attempts: 0 } })],
  [
    'retries {attempts: 0, perTryTimeout: 2s}',
    rule({ route, retries: { attempts: 0, perTryTimeout: '2s' } }),
    'RETRY_OFF_BUT_CONFIGURED',
  ],
  [
    'retries {perTryTimeout: 2s}',
    rule({ route, retries: { perTryTimeout: '2s' } }),
    'RETRY_OFF_BUT_CONFIGURED',
  ],
  ['retryOn "5xx,503"', rule({ route, retries: { attempts: 2, retryOn: '5xx,503' } })],
  [
    'retryOn "5xx, 503"',
    rule({ route, retries: { attempts: 2, retryOn: '5xx, 503' } }),
    'RETRY_ON_UNKNOWN',
  ],
];

const others: readonly Row[] = [
  [
    'DestinationRule trafficPolicy {}',
    destinationRule({ host: 'catalog', trafficPolicy: {} }),
    'TRAFFIC_POLICY_EMPTY',
  ],
  [
    'DestinationRule subset trafficPolicy {}',
    destinationRule({ host: 'catalog', subsets: [{ name: 'v1', trafficPolicy: {} }] }),
    'TRAFFIC_POLICY_EMPTY',
  ],
  [
    'DestinationRule with the same subset twice',
    destinationRule({ host: 'catalog', subsets: [{ name: 'v1' }, { name: 'v1' }] }),
    'SUBSET_DUPLICATE',
  ],
  [
    'DestinationRule subset without labels',
    destinationRule({ host: 'catalog', subsets: [{ name: 'v1' }] }),
  ],
  ['Sidecar {}', sidecar({}), 'SIDECAR_EMPTY'],
  ['Sidecar outboundTrafficPolicy {}', sidecar({ outboundTrafficPolicy: {} })],
  [
    'Sidecar egress.hosts ["foo"]',
    sidecar({ egress: [{ hosts: ['foo'] }] }),
    'HOST_NOT_NAMESPACED',
  ],
  ...['./*', '*/*', '~/*', 'ns/*.x.y'].map((name): Row => [
    `Sidecar egress.hosts ["${name}"]`,
    sidecar({ egress: [{ hosts: [name] }] }),
  ]),
  ['ServiceEntry hosts ["*"]', serviceEntry({ hosts: ['*'] }), 'ENTRY_HOST_ALL'],
  ['ServiceEntry without ports', serviceEntry({ hosts: ['api.example.com'] })],
  [
    'ServiceEntry STATIC with a name for address',
    serviceEntry({
      hosts: ['api.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'STATIC',
      endpoints: [{ address: 'one.example.com' }],
    }),
    'ENDPOINT_ADDRESS_NOT_IP',
  ],
  [
    'ServiceEntry endpoints and workloadSelector',
    serviceEntry({
      hosts: ['api.example.com'],
      resolution: 'STATIC',
      endpoints: [{ address: '10.0.0.1' }],
      workloadSelector: { labels: { app: 'api' } },
    }),
    'ENTRY_SELECTOR_AND_ENDPOINTS',
  ],
  [
    'Gateway metadata.name "a.b"',
    anObject('Gateway', 'shop/a.b', gatewayOf(['*'])),
    'GATEWAY_OBJECT_NAME_INVALID',
  ],
  ['Gateway hosts ["foo"]', anObject('Gateway', 'shop/a', gatewayOf(['foo'])), 'HOST_SHORT_NAME'],
  [
    'annotation internal.istio.io/parents',
    anObject('Gateway', 'shop/a', gatewayOf(['*']), {
      annotations: { 'internal.istio.io/parents': 'x' },
    }),
    'ANNOTATION_INTERNAL',
  ],
];

/** Codes of what is refused, in the order of the object. */
const errorsOf = (object: ReturnType<typeof anObject>): readonly string[] =>
  lintObject(object, { regex: nearRe2 })
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe.each([
  ['routes', routes],
  ['VirtualServices', tops],
  ['matches', matches],
  ['settings of a rule', settings],
  ['other kinds', others],
])("upstream's verdict on %s", (_, rows) => {
  it.each(rows.filter((row) => row.length === 2))('accepts %s', (...[, object]) => {
    expect(errorsOf(object)).toEqual([]);
  });

  it.each(rows.filter((row) => row.length > 2))('refuses %s', (...[, object, ...refusal]) => {
    expect(errorsOf(object)).toEqual(refusal);
  });
});

describe('warnings on what upstream accepts', () => {
  it.each([
    ['a legacy name of a gateway', hosts(['a.b'], ['gw.ns.svc']), 'GATEWAY_NAME_LEGACY'],
    ['a single destination of weight 0', split(to('v1', 0)), 'WEIGHT_IGNORED'],
    [
      'an outbound policy without a mode',
      sidecar({ outboundTrafficPolicy: {} }),
      'OUTBOUND_POLICY_IMPLICIT',
    ],
  ])('warns of %s', (_, object, code) => {
    expect(lintObject(object, { regex: nearRe2 })).toMatchObject([{ code, severity: 'warning' }]);
  });
});
