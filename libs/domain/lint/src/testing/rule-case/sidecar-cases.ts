import { egress, ingress, type RuleCase, sidecar } from './rule-case.js';

const hosts = ['./*'];
const on = (number: number, rest: object = {}) => ({ port: { number }, hosts, ...rest });
const outbound = (outboundTrafficPolicy: unknown) => sidecar({ outboundTrafficPolicy });
const egressProxy = { host: 'proxy.a', port: { number: 1 } };
const twice = (one: number, other: number) => egress(on(one), on(other));
const http = { http: { maxRetries: 1 } };
const policy = 'spec.outboundTrafficPolicy';

export const sidecarCases: readonly RuleCase[] = [
  [
    'SIDECAR_EMPTY',
    'spec',
    sidecar({ egress: [] }),
    sidecar({ inboundConnectionPool: { tcp: {} } }),
  ],
  ['SIDECAR_PORT_DUPLICATE', 'spec.egress[1].port.number', twice(80, 80), twice(80, 81)],
  ['EGRESS_HOST_MISSING', 'spec.egress[0].hosts', egress({ hosts: [] }), egress({ hosts })],
  [
    'EGRESS_CATCH_ALL_NOT_LAST',
    'spec.egress[0]',
    egress({ hosts }, on(80)),
    egress(on(80), { hosts }),
  ],
  [
    'EGRESS_PORT_ZERO',
    'spec.egress[0].port.number',
    egress(on(0)),
    egress(on(0, { bind: 'unix:///a' })),
  ],
  [
    'EGRESS_SOCKET_CAPTURES',
    'spec.egress[0].captureMode',
    egress(on(0, { bind: 'unix:///a', captureMode: 'IPTABLES' })),
    egress(on(0, { bind: 'unix:///a', captureMode: 'NONE' })),
  ],
  [
    'EGRESS_SOCKET_DUPLICATE',
    'spec.egress[1].bind',
    egress(on(0, { bind: 'unix:///a' }), on(0, { bind: 'unix:///a' })),
    egress(on(0, { bind: 'unix:///a' }), on(0, { bind: 'unix:///b' })),
  ],
  [
    'EGRESS_HOST_DUPLICATE',
    'spec.egress[0].hosts[1]',
    egress({ hosts: ['./*', 'shop/a.b'] }),
    egress({ hosts: ['./*', 'web/a.b'] }),
  ],
  [
    'EGRESS_HOST_ALL_AND_MORE',
    'spec.egress[0].hosts',
    egress({ hosts: ['*/*', 'web/a.b'] }),
    egress({ hosts: ['*/a.b', 'web/a.b'] }),
  ],
  ['INGRESS_PORT_MISSING', 'spec.ingress[0].port', ingress({ port: undefined }), ingress({})],
  [
    'INGRESS_DEFAULT_ENDPOINT',
    'spec.ingress[0].defaultEndpoint',
    ingress({ defaultEndpoint: '10.0.0.1:80' }),
    ingress({ defaultEndpoint: '[::1]:80' }),
  ],
  [
    'INGRESS_TLS_UNSUPPORTED',
    'spec.ingress[0].tls.httpsRedirect',
    ingress({ tls: { httpsRedirect: true } }),
    ingress({ tls: { mode: 'SIMPLE', serverCertificate: '/a', privateKey: '/b' } }),
  ],
  [
    'INGRESS_HTTP_POOL_ON_TCP',
    'spec.ingress[0].connectionPool.http',
    ingress({ port: { number: 1, protocol: 'TCP' }, connectionPool: http }),
    ingress({ connectionPool: http }),
  ],
  ['OUTBOUND_POLICY_IMPLICIT', policy, outbound({}), outbound({ mode: 'REGISTRY_ONLY' })],
  [
    'OUTBOUND_DYNAMIC_DNS',
    `${policy}.mode`,
    outbound({ mode: 'ALLOW_ANY_DYNAMIC_DNS' }),
    outbound({ mode: 'ALLOW_ANY' }),
  ],
  [
    'EGRESS_PROXY_MODE',
    `${policy}.egressProxy`,
    outbound({ egressProxy }),
    outbound({ mode: 'ALLOW_ANY', egressProxy }),
  ],
  [
    'EGRESS_PROXY_PORT_MISSING',
    `${policy}.egressProxy.port`,
    outbound({ mode: 'ALLOW_ANY', egressProxy: { host: 'proxy.a' } }),
    outbound({ mode: 'ALLOW_ANY', egressProxy }),
  ],
  [
    'EGRESS_PROXY_DEPRECATED',
    `${policy}.egressProxy`,
    outbound({ mode: 'ALLOW_ANY', egressProxy }),
    outbound({ mode: 'ALLOW_ANY' }),
  ],
];
