import { destinationRule, loadBalancer, policy, type RuleCase } from './rule-case.js';

const spot = 'spec.trafficPolicy';
const subset = (rest: object) => destinationRule({ subsets: [{ labels: { v: '1' }, ...rest }] });
const outlier = (outlierDetection: unknown) => policy({ outlierDetection });
const tls = (mode: string, rest: object) => policy({ tls: { mode, ...rest } });
const hash = (consistentHash: unknown) => loadBalancer({ consistentHash });
const cookie = (rest: object) => hash({ httpCookie: { name: 'a', ttl: '0s', ...rest } });
const maglev = (tableSize?: number) => hash({ maglev: { tableSize } });
const warmup = (rest: object) => loadBalancer({ warmup: { duration: '30s', ...rest } });
const outlierDetection = { interval: '10s' };
const locality = (localityLbSetting: unknown) =>
  loadBalancer({ localityLbSetting }, { outlierDetection });
const distribute = (to: Readonly<Record<string, number>>) =>
  locality({ distribute: [{ from: 'eu/*', to }] });
const failover = (from: string, to: string, rest: object = {}) =>
  locality({ failover: [{ from, to }], ...rest });
const tunnel = (rest: object) =>
  policy({ tunnel: { targetHost: 'a.b', targetPort: 443, ...rest } });
const setting = `${spot}.loadBalancer.localityLbSetting`;
const hashed = `${spot}.loadBalancer.consistentHash`;

const policyCases: readonly RuleCase[] = [
  [
    'SUBSET_DUPLICATE',
    'spec.subsets[1].name',
    destinationRule({ subsets: [{ name: 'v1' }, { name: 'v1' }] }),
    destinationRule({ subsets: [{ name: 'v1' }, { name: 'V1' }] }),
  ],
  ['SUBSET_NAME_EMPTY', 'spec.subsets[0].name', subset({ name: '' }), subset({ name: 'v1' })],
  [
    'SUBSET_WITHOUT_LABELS',
    'spec.subsets[0].labels',
    subset({ name: 'v1', labels: {} }),
    subset({ name: 'v1' }),
  ],
  ['TRAFFIC_POLICY_EMPTY', spot, policy({}), policy({ retryBudget: { percent: 20 } })],
  [
    'TUNNEL_AND_PROXY_PROTOCOL',
    spot,
    policy({ tunnel: { targetHost: 'a', targetPort: 1 }, proxyProtocol: {} }),
    policy({ proxyProtocol: {} }),
  ],
  [
    'PORT_POLICY_EMPTY',
    `${spot}.portLevelSettings[0]`,
    policy({ portLevelSettings: [{ port: { number: 80 } }] }),
    policy({ portLevelSettings: [{ port: { number: 80 }, tls: {} }] }),
  ],
  [
    'PORT_POLICY_WITHOUT_PORT',
    `${spot}.portLevelSettings[0].port`,
    policy({ portLevelSettings: [{ tls: {} }] }),
    policy({ portLevelSettings: [{ port: { number: 80 }, tls: {} }] }),
  ],
  [
    'OUTLIER_LOCAL_FAILURES_UNSPLIT',
    `${spot}.outlierDetection.consecutiveLocalOriginFailures`,
    outlier({ consecutiveLocalOriginFailures: 5 }),
    outlier({ consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true }),
  ],
  [
    'PERCENT_OUT_OF_RANGE',
    `${spot}.outlierDetection.maxEjectionPercent`,
    outlier({ maxEjectionPercent: 101 }),
    outlier({ maxEjectionPercent: 100 }),
  ],
  [
    'OUTLIER_CONSECUTIVE_ERRORS_DEPRECATED',
    `${spot}.outlierDetection.consecutiveErrors`,
    outlier({ consecutiveErrors: 5 }),
    outlier({ consecutive5xxErrors: 5 }),
  ],
  [
    'TUNNEL_PROTOCOL_UNKNOWN',
    `${spot}.tunnel.protocol`,
    tunnel({ protocol: 'GET' }),
    tunnel({ protocol: 'POST' }),
  ],
  [
    'TUNNEL_HOST_INVALID',
    `${spot}.tunnel.targetHost`,
    tunnel({ targetHost: '*.a' }),
    tunnel({ targetHost: '10.0.0.1' }),
  ],
];

const files = { clientCertificate: '/a', privateKey: '/b' };

const tlsCases: readonly RuleCase[] = [
  [
    'CLIENT_TLS_CERTIFICATE_MISSING',
    `${spot}.tls`,
    tls('MUTUAL', { privateKey: '/b' }),
    tls('MUTUAL', files),
  ],
  [
    'CLIENT_TLS_KEY_MISSING',
    `${spot}.tls`,
    tls('MUTUAL', { clientCertificate: '/a' }),
    tls('MUTUAL', files),
  ],
  [
    'CLIENT_TLS_CREDENTIAL_AND_FILES',
    `${spot}.tls.caCertificates`,
    tls('SIMPLE', { credentialName: 'a', caCertificates: '/a' }),
    tls('SIMPLE', { credentialName: 'a' }),
  ],
  [
    'CLIENT_TLS_SKIP_VERIFY_AND_CA',
    `${spot}.tls.credentialName`,
    tls('SIMPLE', { insecureSkipVerify: true, credentialName: 'a' }),
    tls('MUTUAL', { insecureSkipVerify: true, credentialName: 'a' }),
  ],
  [
    'CLIENT_TLS_WITHOUT_CA',
    `${spot}.tls`,
    tls('SIMPLE', {}),
    tls('SIMPLE', { caCertificates: 'system' }),
  ],
  [
    'CLIENT_MUTUAL_TLS_WITHOUT_CA',
    `${spot}.tls`,
    tls('MUTUAL', files),
    tls('MUTUAL', { ...files, caCertificates: '/c' }),
  ],
];

const balancerCases: readonly RuleCase[] = [
  [
    'WARMUP_DURATION_MISSING',
    `${spot}.loadBalancer.warmup.duration`,
    loadBalancer({ warmup: {} }),
    warmup({}),
  ],
  [
    'WARMUP_PERCENT_TOO_HIGH',
    `${spot}.loadBalancer.warmup.minimumPercent`,
    warmup({ minimumPercent: 101 }),
    warmup({ minimumPercent: 100 }),
  ],
  [
    'WARMUP_AGGRESSION_TOO_LOW',
    `${spot}.loadBalancer.warmup.aggression`,
    warmup({ aggression: 0.5 }),
    warmup({ aggression: 0.5 }),
    { wrong: 30, right: 31 },
  ],
  [
    'LOCALITY_AND_ZONE_AWARE',
    `${spot}.loadBalancer`,
    loadBalancer({ localityLbSetting: {}, zoneAwareLbSetting: {} }),
    loadBalancer({ zoneAwareLbSetting: {} }),
  ],
  ['COOKIE_NAME_MISSING', `${hashed}.httpCookie.name`, cookie({ name: '' }), cookie({})],
  [
    'COOKIE_ATTRIBUTE_NAME_EMPTY',
    `${hashed}.httpCookie.attributes[0].name`,
    cookie({ attributes: [{ value: 'Lax' }] }),
    cookie({ attributes: [{ name: 'SameSite' }] }),
  ],
  [
    'COOKIE_ATTRIBUTE_DUPLICATE',
    `${hashed}.httpCookie.attributes[1].name`,
    cookie({ attributes: [{ name: 'a' }, { name: 'a' }] }),
    cookie({ attributes: [{ name: 'a' }, { name: 'b' }] }),
  ],
  ['MAGLEV_SIZE_MISSING', `${hashed}.maglev.tableSize`, maglev(), maglev(65537)],
  ['MAGLEV_SIZE_TOO_LARGE', `${hashed}.maglev.tableSize`, maglev(5000011), maglev(4999999)],
  ['MAGLEV_SIZE_NOT_PRIME', `${hashed}.maglev.tableSize`, maglev(65536), maglev(65537)],
  [
    'RING_SIZE_AND_ALGORITHM',
    `${hashed}.minimumRingSize`,
    hash({ minimumRingSize: 8, ringHash: {} }),
    hash({ minimumRingSize: 8 }),
  ],
  [
    'RING_SIZE_DEPRECATED',
    `${hashed}.minimumRingSize`,
    hash({ minimumRingSize: 8 }),
    hash({ ringHash: { minimumRingSize: 8 } }),
  ],
];

const localityCases: readonly RuleCase[] = [
  [
    'LOCALITY_DISTRIBUTE_AND_FAILOVER',
    setting,
    failover('eu', 'us', { distribute: [{ from: 'eu', to: { eu: 100 } }] }),
    failover('eu', 'us'),
  ],
  [
    'LOCALITY_FAILOVER_AND_PRIORITY',
    `${setting}.failoverPriority[0]`,
    failover('eu', 'us', { failoverPriority: ['topology.kubernetes.io/zone'] }),
    failover('eu', 'us', { failoverPriority: ['app'] }),
  ],
  [
    'LOCALITY_WEIGHT_RANGE',
    `${setting}.distribute[0].to["us/*"]`,
    distribute({ 'eu/*': 100, 'us/*': 0 }),
    distribute({ 'eu/*': 99, 'us/*': 1 }),
  ],
  [
    'LOCALITY_WEIGHTS_NOT_HUNDRED',
    `${setting}.distribute[0].to`,
    distribute({ 'eu/*': 80, 'us/*': 10 }),
    distribute({ 'eu/*': 80, 'us/*': 20 }),
  ],
  [
    'LOCALITY_MALFORMED',
    `${setting}.distribute[0].to["*/eu"]`,
    distribute({ '*/eu': 100 }),
    distribute({ 'eu/a/*': 100 }),
  ],
  [
    'LOCALITY_OVERLAP',
    `${setting}.distribute[0].to["eu/a"]`,
    distribute({ eu: 50, 'eu/a': 50 }),
    distribute({ 'eu/b': 50, 'eu/a': 50 }),
  ],
  ['FAILOVER_SAME_REGION', `${setting}.failover[0]`, failover('eu', 'eu'), failover('eu', 'us')],
  ['FAILOVER_NOT_REGION', `${setting}.failover[0]`, failover('eu/a', 'us'), failover('eu', 'us')],
  [
    'FAILOVER_WITHOUT_OUTLIER_DETECTION',
    setting,
    loadBalancer({ localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } }),
    failover('eu', 'us'),
  ],
];

export const destinationRuleCases: readonly RuleCase[] = [
  ...policyCases,
  ...tlsCases,
  ...balancerCases,
  ...localityCases,
];
