import { endpoint, type RuleCase, serviceEntry, workloadEntry } from './rule-case.js';

const entry = serviceEntry;
const port = (rest: object) => ({ number: 443, name: 'tls', protocol: 'TLS', ...rest });
const two = ['a.example.com', 'b.example.com'];
const tcp = [port({ protocol: 'TCP' })];
const dynamic = (rest: object) =>
  entry({ hosts: ['*.example.com'], resolution: 'DYNAMIC_DNS', ...rest });
const endpoints = [{ address: '10.0.0.1' }];
const names = [{ address: 'a.example.com' }, { address: 'b.example.com' }];
const workloadSelector = { labels: { app: 'api' } };
const address = 'spec.endpoints[0].address';
const unlabelled = { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } };

export const serviceEntryCases: readonly RuleCase[] = [
  ['ENTRY_HOST_MISSING', 'spec.hosts', entry({ hosts: [] }), entry({})],
  ['ENTRY_HOST_ALL', 'spec.hosts[0]', entry({ hosts: ['*'] }), entry({ hosts: ['*.com'] })],
  [
    'ENTRY_HOST_PARTIAL_WILDCARD',
    'spec.hosts[0]',
    entry({ hosts: ['*x.example.com'] }),
    entry({ hosts: ['*.example.com'] }),
  ],
  [
    'ENTRY_HOSTS_ALIKE',
    'spec.ports[0].protocol',
    entry({ hosts: two, resolution: 'STATIC', ports: tcp }),
    entry({ hosts: two, resolution: 'NONE', ports: tcp }),
  ],
  [
    'ENTRY_HOSTS_WITH_TCP_ADDRESS',
    'spec.ports[0].protocol',
    entry({ hosts: two, resolution: 'DNS', addresses: ['10.0.0.1'] }),
    entry({ hosts: two, resolution: 'DNS' }),
  ],
  [
    'ENTRY_PORT_NAME_DUPLICATE',
    'spec.ports[1].name',
    entry({ ports: [port({}), port({ number: 1 })] }),
    entry({ ports: [port({}), port({ number: 1, name: 'other' })] }),
  ],
  [
    'ENTRY_PORT_DUPLICATE',
    'spec.ports[1].number',
    entry({ ports: [port({}), port({ name: 'other' })] }),
    entry({ ports: [port({}), port({ number: 1, name: 'other' })] }),
  ],
  [
    'ENTRY_TARGET_PORT_RANGE',
    'spec.ports[0].targetPort',
    entry({ ports: [port({ targetPort: 0 })] }),
    entry({ ports: [port({ targetPort: 1 })] }),
  ],
  [
    'ENTRY_TCP_WITHOUT_ADDRESS',
    'spec.ports[0].protocol',
    entry({ resolution: 'DNS', ports: tcp }, unlabelled),
    entry({ resolution: 'DNS', ports: tcp }),
  ],
  [
    'ENTRY_SELECTOR_AND_ENDPOINTS',
    'spec.endpoints',
    entry({ resolution: 'STATIC', endpoints, workloadSelector }),
    entry({ resolution: 'STATIC', workloadSelector }),
  ],
  [
    'ENTRY_SELECTOR_UNUSED',
    'spec.workloadSelector',
    entry({ workloadSelector }),
    entry({ resolution: 'STATIC', workloadSelector }),
  ],
  [
    'ENTRY_ENDPOINTS_UNUSED',
    'spec.endpoints',
    entry({ endpoints }),
    entry({ resolution: 'STATIC', endpoints }),
  ],
  [
    'ENTRY_CIDR_LOOKED_UP',
    'spec.addresses[0]',
    entry({ resolution: 'DNS', addresses: ['10.0.0.0/8'] }),
    entry({ resolution: 'STATIC', addresses: ['10.0.0.0/8'] }),
  ],
  [
    'ENTRY_HOST_NOT_FOUND_BY_DNS',
    'spec.hosts[0]',
    entry({ resolution: 'DNS', hosts: ['*.example.com'] }),
    entry({ resolution: 'DNS', hosts: ['*.example.com'] }),
    { wrong: 27, right: 28 },
  ],
  [
    'ENTRY_ROUND_ROBIN_ENDPOINTS',
    'spec.endpoints',
    entry({ resolution: 'DNS_ROUND_ROBIN', endpoints: names }),
    entry({ resolution: 'DNS', endpoints: names }),
  ],
  [
    'DYNAMIC_DNS_HOST_NOT_WILDCARD',
    'spec.hosts[0]',
    dynamic({ hosts: ['a.example.com'] }),
    dynamic({}),
  ],
  [
    'DYNAMIC_DNS_WITH_ADDRESSES',
    'spec.addresses',
    dynamic({ addresses: ['10.0.0.1'] }),
    dynamic({ addresses: [] }),
  ],
  ['DYNAMIC_DNS_WITH_ENDPOINTS', 'spec.endpoints', dynamic({ endpoints }), dynamic({})],
  [
    'DYNAMIC_DNS_PROTOCOL',
    'spec.ports[0].protocol',
    dynamic({ ports: tcp }),
    dynamic({ ports: [port({ protocol: 'GRPC' })] }),
  ],
  [
    'DYNAMIC_DNS_MESH_INTERNAL',
    'spec.location',
    dynamic({ location: 'MESH_INTERNAL' }),
    dynamic({ location: 'MESH_EXTERNAL' }),
  ],
  [
    'ENDPOINT_ADDRESS_MISSING',
    'spec.address',
    workloadEntry({ labels: { app: 'a' } }),
    workloadEntry({ network: 'n1' }),
  ],
  [
    'ENDPOINT_ADDRESS_ONLY_NETWORK',
    'spec.address',
    workloadEntry({ network: 'n1' }),
    workloadEntry({ network: 'n1', address: '10.0.0.1' }),
  ],
  [
    'ENDPOINT_ADDRESS_NOT_IP',
    address,
    endpoint({ address: 'a.example.com' }),
    endpoint({ address: 'a.example.com' }, { resolution: 'DNS' }),
  ],
  [
    'ENDPOINT_ADDRESS_INVALID',
    'spec.address',
    workloadEntry({ address: '*.example.com' }),
    workloadEntry({ address: 'a.example.com' }),
  ],
  [
    'ENDPOINT_PORT_UNKNOWN',
    'spec.endpoints[0].ports.http',
    endpoint({ ports: { http: 80 } }),
    endpoint({ ports: { tls: 80 } }),
  ],
  [
    'UNIX_ENDPOINT_WITH_PORTS',
    'spec.endpoints[0].ports',
    endpoint({ address: 'unix:///a', ports: { tls: 1 } }),
    endpoint({ address: 'unix:///a' }),
  ],
  [
    'UNIX_ENDPOINT_PORT_COUNT',
    'spec.endpoints[0]',
    endpoint({ address: 'unix:///a' }, { ports: [port({}), port({ number: 1, name: 'b' })] }),
    endpoint({ address: 'unix:///a' }),
  ],
];
