import {
  destinationRule,
  egress,
  endpoint,
  http,
  match,
  policy,
  type RuleCase,
  server,
  serviceEntry,
  sidecar,
  virtualService,
  route,
} from './rule-case.js';
import { anObject } from '../an-object.js';

const annotated = (annotations: Readonly<Record<string, string>>) =>
  anObject('Sidecar', 'shop/default', { egress: [{ hosts: ['./*'] }] }, { annotations });

const exported = (...exportTo: string[]) => destinationRule({ exportTo });
const forSome = (...exportTo: string[]) =>
  destinationRule({ exportTo, workloadSelector: { matchLabels: { app: 'web' } } });
const selecting = (labels: Readonly<Record<string, string>>) =>
  sidecar({ egress: [{ hosts: ['./*'] }], workloadSelector: { labels } });
const labelled = (labels: Readonly<Record<string, string>>) => match({ sourceLabels: labels });
const hosted = (host: string) => destinationRule({ host });
const served = (host: string) => server({ hosts: [host] });

export const sharedCases: readonly RuleCase[] = [
  [
    'ANNOTATION_DRY_RUN',
    'metadata.annotations["istio.io/dry-run"]',
    annotated({ 'istio.io/dry-run': 'true' }),
    annotated({ 'istio.io/rev': 'a' }),
  ],
  [
    'ANNOTATION_INTERNAL',
    'metadata.annotations["internal.istio.io/parent-namespace"]',
    annotated({ 'internal.istio.io/parent-namespace': 'x' }),
    annotated({ 'example.com/parent-namespace': 'x' }),
  ],
  [
    'ANNOTATION_ALWAYS_REJECT',
    'metadata.annotations["internal.istio.io/webhook-always-reject"]',
    annotated({ 'internal.istio.io/webhook-always-reject': 'true' }),
    annotated({}),
  ],
  ['ITEM_NULL', 'spec.http[0].route[0]', http({ route: [null] }), http({})],
  ['DURATION_UNREADABLE', 'spec.http[0].timeout', http({ timeout: '5' }), http({ timeout: '5s' })],
  [
    'DURATION_TOO_SHORT',
    'spec.http[0].timeout',
    http({ timeout: '0.5ms' }),
    http({ timeout: '1ms' }),
  ],
  [
    'DURATION_TOO_FINE',
    'spec.http[0].timeout',
    http({ timeout: '1.5ms' }),
    http({ timeout: '1.5s' }),
  ],
  ['EXPORT_TO_DUPLICATE', 'spec.exportTo[1]', exported('shop', '.'), exported('shop', 'web')],
  ['EXPORT_TO_PUBLIC_AND_MORE', 'spec.exportTo', exported('*', 'web'), exported('*')],
  ['EXPORT_TO_NONE', 'spec.exportTo[0]', exported('~'), serviceEntry({ exportTo: ['~'] })],
  ['EXPORT_TO_INVALID', 'spec.exportTo[0]', exported('a_b'), exported('a-b')],
  [
    'EXPORT_TO_NONE_AND_MORE',
    'spec.exportTo',
    serviceEntry({ exportTo: ['~', 'web'] }),
    serviceEntry({ exportTo: ['~'] }),
  ],
  ['EXPORT_TO_SELECTOR_MULTIPLE', 'spec.exportTo', forSome('.', 'web'), forSome('.')],
  ['EXPORT_TO_SELECTOR_BEYOND', 'spec.exportTo', forSome('web'), forSome('shop')],
  ['HOST_EMPTY', 'spec.host', hosted(''), hosted('a')],
  ['HOST_TOO_LONG', 'spec.host', hosted('a.'.repeat(128)), hosted(`${'a.'.repeat(127)}a`)],
  ['HOST_LABEL_INVALID', 'spec.host', hosted('a.b_c.d'), hosted('*.b-c.d')],
  ['HOST_TOP_LEVEL_NUMERIC', 'spec.host', hosted('a.1'), hosted('a.1b')],
  ['HOST_NOT_NAMESPACED', 'spec.egress[0].hosts[0]', egress({ hosts: ['a.b'] }), served('a.b')],
  ['HOST_ENTRY_HALF_EMPTY', 'spec.servers[0].hosts[0]', served('/a.b'), served('shop/a.b')],
  ['HOST_NAMESPACE_INVALID', 'spec.servers[0].hosts[0]', served('~/a.b'), served('./a.b')],
  ['HOST_SHORT_NAME', 'spec.servers[0].hosts[0]', served('shop/a'), served('shop/*')],
  ['HOST_PARTIAL_WILDCARD', 'spec.servers[0].hosts[0]', served('*-a.b'), served('*.a.b')],
  [
    'PORT_OUT_OF_RANGE',
    'spec.http[0].match[0].port',
    match({ port: 65536 }),
    match({ port: 65535 }),
  ],
  [
    'PORT_NAME_INVALID',
    'spec.ports[0].name',
    serviceEntry({ ports: [{ number: 1, name: 'a_b', protocol: 'TLS' }] }),
    serviceEntry({ ports: [{ number: 1, name: 'a-b', protocol: 'TLS' }] }),
  ],
  [
    'PROTOCOL_UNKNOWN',
    'spec.ports[0].protocol',
    serviceEntry({ ports: [{ number: 1, name: 'a', protocol: 'QUIC' }] }),
    serviceEntry({ ports: [{ number: 1, name: 'a', protocol: 'grpc-WEB' }] }),
  ],
  [
    'TARGET_PORT_WITHOUT_EFFECT',
    'spec.servers[0].port.targetPort',
    server({}, { targetPort: 8080 }),
    server({}),
  ],
  [
    'IP_INVALID',
    'spec.addresses[0]',
    serviceEntry({ addresses: ['10.0.0.256'] }),
    serviceEntry({ addresses: ['2001:db8::1'] }),
  ],
  [
    'CIDR_INVALID',
    'spec.addresses[0]',
    serviceEntry({ addresses: ['10.0.0.0/33'] }),
    serviceEntry({ addresses: ['10.0.0.0/32'] }),
  ],
  [
    'UNIX_PATH_INVALID',
    'spec.endpoints[0].address',
    endpoint({ address: 'unix://a/' }),
    endpoint({ address: 'unix:///a' }),
  ],
  [
    'LABEL_KEY_INVALID',
    'spec.http[0].match[0].sourceLabels["-a"]',
    labelled({ '-a': 'b' }),
    labelled({ 'example.com/a': 'b' }),
  ],
  [
    'LABEL_VALUE_INVALID',
    'spec.http[0].match[0].sourceLabels.a',
    labelled({ a: 'b c' }),
    labelled({ a: '' }),
  ],
  [
    'SELECTOR_KEY_EMPTY',
    'spec.workloadSelector.labels[""]',
    selecting({ '': 'a' }),
    selecting({ a: '' }),
  ],
  [
    'SELECTOR_WILDCARD',
    'spec.workloadSelector.labels.a',
    selecting({ a: 'b*' }),
    selecting({ a: 'b' }),
  ],
  ['SELECTOR_WITHOUT_LABELS', 'spec.workloadSelector', selecting({}), selecting({ a: 'b' })],
  [
    'REGEX_EMPTY',
    'spec.http[0].match[0].uri.regex',
    match({ uri: { regex: '' } }),
    match({ uri: { regex: '.' } }),
  ],
  [
    'REGEX_TOO_LONG',
    'spec.http[0].match[0].uri.regex',
    match({ uri: { regex: 'é'.repeat(513) } }),
    match({ uri: { regex: 'é'.repeat(512) } }),
  ],
  [
    'REGEX_INVALID',
    'spec.http[0].match[0].uri.regex',
    match({ uri: { regex: '(?!a)' } }),
    match({ uri: { regex: '(?:a)' } }),
  ],
  [
    'SUBSET_NAME_INVALID',
    'spec.subsets[0].name',
    destinationRule({ subsets: [{ name: 'v1|x' }] }),
    destinationRule({ subsets: [{ name: 'v1-x' }] }),
  ],
  [
    'CONNECTION_POOL_EMPTY',
    'spec.trafficPolicy.connectionPool',
    policy({ connectionPool: {} }),
    policy({ connectionPool: { tcp: {} } }),
  ],
  [
    'CONNECTION_POOL_NEGATIVE',
    'spec.trafficPolicy.connectionPool.tcp.maxConnections',
    policy({ connectionPool: { tcp: { maxConnections: -1 } } }),
    policy({ connectionPool: { tcp: { maxConnections: 0 } } }),
  ],
  [
    'CONNECTION_POOL_UPGRADE_AND_CLIENT',
    'spec.trafficPolicy.connectionPool.http.useClientProtocol',
    policy({ connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } }),
    policy({ connectionPool: { http: { h2UpgradePolicy: 'DEFAULT', useClientProtocol: true } } }),
  ],
  [
    'DELEGATE_HAS_GATEWAYS',
    'spec.gateways',
    virtualService({ gateways: ['mesh'], http: [{ route }] }),
    virtualService({ hosts: ['a'], gateways: ['mesh'], http: [{ route }] }),
  ],
];
