/** How a port is spoken to. A port that says nothing is sniffed by Istio; it is HTTP here. */
export type Protocol = 'http' | 'http2' | 'tcp' | 'tls';

const protocols: Readonly<Record<string, Protocol>> = {
  http: 'http',
  http2: 'http2',
  grpc: 'http2',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  redis: 'tcp',
};

/** From an `appProtocol`, a port's name (`<protocol>` or `<protocol>-<anything>`) or Istio's own word. */
export function protocolOf(said: string): Protocol {
  const word = said.toLowerCase();
  if (word.startsWith('grpc-web')) return 'http';
  return protocols[word.split('-')[0] ?? ''] ?? 'http';
}

export const isHttp = (protocol: Protocol): boolean => protocol === 'http' || protocol === 'http2';
