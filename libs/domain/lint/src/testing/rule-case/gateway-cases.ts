import { gateway, type RuleCase, server, serverTls } from './rule-case.js';

const spot = 'spec.servers[0]';
const port = (rest: object) => ({ number: 80, name: 'http', protocol: 'HTTP', ...rest });
const credential = { mode: 'SIMPLE', credentialName: 'a' };
const files = { serverCertificate: '/a', privateKey: '/b' };
const mutual = { ...files, mode: 'MUTUAL', caCertificates: '/c' };
const suites = (...cipherSuites: string[]) => serverTls({ ...credential, cipherSuites });

const serverCases: readonly RuleCase[] = [
  [
    'GATEWAY_OBJECT_NAME_INVALID',
    'metadata.name',
    gateway([{ port: port({}), hosts: ['*'] }], 'a.b'),
    gateway([{ port: port({}), hosts: ['*'] }], 'a-b'),
  ],
  ['GATEWAY_SERVER_MISSING', 'spec.servers', gateway([]), server({})],
  [
    'SERVER_PORT_NAME_DUPLICATE',
    'spec.servers[1].port.name',
    gateway([
      { port: port({}), hosts: ['*'] },
      { port: port({ number: 81 }), hosts: ['*'] },
    ]),
    gateway([
      { port: port({}), hosts: ['*'] },
      { port: port({ number: 81, name: 'http-2' }), hosts: ['*'] },
    ]),
  ],
  ['SERVER_HOST_MISSING', `${spot}.hosts`, server({ hosts: [] }), server({})],
  ['SERVER_PORT_MISSING', `${spot}.port`, gateway([{ hosts: ['*'] }]), server({})],
  ['SERVER_PORT_NAME_MISSING', `${spot}.port.name`, server({}, { name: '' }), server({})],
  [
    'SERVER_PROTOCOL_UNKNOWN',
    `${spot}.port.protocol`,
    server({}, { protocol: '' }),
    server({}, { protocol: 'Mongo' }),
  ],
  [
    'SERVER_SOCKET_WITH_PORT',
    `${spot}.port.number`,
    server({ bind: 'unix:///a' }),
    server({ bind: 'unix:///a' }, { number: 0 }),
  ],
  ['SERVER_TLS_MISSING', `${spot}.tls`, serverTls(undefined), serverTls(credential)],
  [
    'SERVER_TLS_ON_HTTP',
    `${spot}.tls`,
    server({ tls: credential }),
    server({ tls: { httpsRedirect: true } }),
  ],
  [
    'SERVER_TLS_ON_TCP',
    `${spot}.tls`,
    server({ tls: credential }, { protocol: 'TCP' }),
    server({ tls: credential }, { protocol: 'TLS' }),
  ],
  [
    'SERVER_REDIRECT_NOT_HTTP',
    `${spot}.tls.httpsRedirect`,
    serverTls({ ...credential, httpsRedirect: true }),
    serverTls({ ...credential, httpsRedirect: false }),
  ],
];

const tlsCases: readonly RuleCase[] = [
  [
    'SERVER_TLS_CERTIFICATE_MISSING',
    `${spot}.tls`,
    serverTls({ mode: 'SIMPLE', privateKey: '/b' }),
    serverTls({ mode: 'SIMPLE', ...files }),
  ],
  [
    'SERVER_TLS_KEY_MISSING',
    `${spot}.tls.tlsCertificates[0]`,
    serverTls({ mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: '/a' }] }),
    serverTls({ mode: 'SIMPLE', tlsCertificates: [files] }),
  ],
  [
    'SERVER_TLS_CA_MISSING',
    `${spot}.tls`,
    serverTls({ ...files, mode: 'OPTIONAL_MUTUAL' }),
    serverTls(mutual),
  ],
  [
    'SERVER_TLS_ISTIO_MUTUAL_FILES',
    `${spot}.tls.credentialName`,
    serverTls({ mode: 'ISTIO_MUTUAL', credentialName: 'a' }),
    serverTls({ mode: 'ISTIO_MUTUAL' }),
  ],
  [
    'SERVER_TLS_SOURCES',
    `${spot}.tls`,
    serverTls({ ...credential, credentialNames: ['b'] }),
    serverTls(credential),
  ],
  [
    'SERVER_TLS_CRL_UNSUPPORTED',
    `${spot}.tls.caCrl`,
    serverTls({ ...files, mode: 'SIMPLE', caCrl: '/d' }),
    serverTls({ ...mutual, caCrl: '/d' }),
  ],
  [
    'SERVER_TLS_CERTIFICATES_UNUSED',
    `${spot}.tls.credentialName`,
    serverTls({ mode: 'PASSTHROUGH', credentialName: 'a' }),
    serverTls({ mode: 'PASSTHROUGH' }),
  ],
  [
    'SERVER_TLS_OLD_WITHOUT_CIPHERS',
    `${spot}.tls.minProtocolVersion`,
    serverTls({ ...credential, minProtocolVersion: 'TLSV1_1' }),
    serverTls({ ...credential, minProtocolVersion: 'TLSV1_2' }),
  ],
  ['CIPHER_UNKNOWN', `${spot}.tls.cipherSuites[0]`, suites('RC4'), suites('-RC4')],
  [
    'CIPHER_DUPLICATE',
    `${spot}.tls.cipherSuites[1]`,
    suites('AES128-SHA', 'AES128-SHA'),
    suites('AES128-SHA', 'AES256-SHA'),
  ],
];

export const gatewayCases: readonly RuleCase[] = [...serverCases, ...tlsCases];
