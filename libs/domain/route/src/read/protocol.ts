/**
 * What a proxy does with a port. `auto` (no protocol named) is sniffed: requests
 * that turn out to be HTTP obey `http` rules, everything else obeys `tcp` rules.
 */
export type Protocol = 'http' | 'tls' | 'tcp' | 'udp' | 'auto';

const known: Readonly<Record<string, Protocol>> = {
  http: 'http',
  http2: 'http',
  http_proxy: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  'grpc-web-over-http': 'http',
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'tls',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  redis: 'tcp',
  mysql: 'tcp',
  udp: 'udp',
};

/** Ports where the server speaks first: sniffing would wait in vain. */
const serverFirst = new Set([25, 53, 3306, 27017]);

/** By a protocol's own name, as ServiceEntry and `appProtocol` write it. */
export const protocolCalled = (name: string): Protocol => known[name.toLowerCase()] ?? 'auto';

/** Of a Kubernetes Service's port: `appProtocol`, or else the name up to its first dash. */
export function protocolOfPort(port: {
  readonly number: number;
  readonly name: string;
  readonly appProtocol?: string | undefined;
  readonly transport?: string | undefined;
}): Protocol {
  if (port.transport === 'UDP') return 'udp';
  const written = (port.appProtocol ?? port.name).toLowerCase();
  if (written.startsWith('grpc-web')) return 'http';
  const called = protocolCalled(
    port.appProtocol === undefined ? (written.split('-')[0] ?? '') : written,
  );
  const byPrefix = called === 'auto' ? protocolCalled(written.split('-')[0] ?? '') : called;
  return byPrefix === 'auto' && serverFirst.has(port.number) ? 'tcp' : byPrefix;
}
