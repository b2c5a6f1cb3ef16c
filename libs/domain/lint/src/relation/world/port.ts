import type { Spot } from '../../object/spot.js';

/** `auto`: Istio looks at the first bytes. */
export type PortProtocol = 'http' | 'tls' | 'tcp' | 'auto';

export interface Port {
  readonly spot: Spot;
  readonly number: number;
  readonly name: string;
  readonly protocol: PortProtocol;
}

const families: Readonly<Record<string, PortProtocol>> = {
  http: 'http',
  http2: 'http',
  grpc: 'http',
  'grpc-web': 'http',
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'http',
  https: 'tls',
  tls: 'tls',
  'kubernetes.io/wss': 'tls',
  tcp: 'tcp',
  udp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  redis: 'tcp',
};

const familyOf = (word: string): PortProtocol | undefined =>
  Object.hasOwn(families, word) ? families[word] : undefined;

/** Whether the name says the protocol: `http`, `http-web`, `grpc-web`. */
export const saysProtocol = (name: string): boolean => protocolOfName(name) !== undefined;

const protocolOfName = (name: string): PortProtocol | undefined =>
  familyOf(name) ?? familyOf(name.split('-')[0] ?? '');

/** By `appProtocol`, else by the port's name, else sniffed (istio §3.2, IST0118). */
export function servicePort(spot: Spot): Port {
  const name = spot.at('name').text;
  const app = spot.at('appProtocol').text.toLowerCase();
  const isUdp = spot.at('protocol').text === 'UDP';
  const protocol = (app === '' ? protocolOfName(name) : familyOf(app)) ?? (isUdp ? 'tcp' : 'auto');
  return { spot, number: spot.at('port').number ?? 0, name, protocol };
}

/** A port of a ServiceEntry or a Gateway says its protocol in capitals. */
export function declaredPort(spot: Spot): Port {
  const protocol = familyOf(spot.at('protocol').text.toLowerCase()) ?? 'tcp';
  return { spot, number: spot.at('number').number ?? 0, name: spot.at('name').text, protocol };
}
