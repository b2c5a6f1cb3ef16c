import { textMapOf, textOf, textsOf } from './value.js';
import type { Fields } from './value.js';

/** The reserved gateway name that stands for all sidecars. */
export const meshGateway = 'mesh';

/** Which proxies a match block is for. Decided when a proxy's configuration is compiled, not per request. */
export interface ClientMatch {
  readonly gateways: readonly string[];
  readonly sourceLabels: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly port?: number;
}

export function readClientMatch(match: Fields, namespace: string): ClientMatch {
  const sourceNamespace = textOf(match['sourceNamespace']);
  const port = match['port'];
  return {
    gateways: textsOf(match['gateways']).map((gateway) => gatewayName(gateway, namespace)),
    sourceLabels: textMapOf(match['sourceLabels']),
    ...(sourceNamespace === undefined ? {} : { sourceNamespace }),
    ...(typeof port === 'number' && port !== 0 ? { port } : {}),
  };
}

/** `namespace/name` from `name`, `./name`, `namespace/name` or the old `name.namespace.svc.cluster.local`. */
export function gatewayName(written: string, namespace: string): string {
  if (written === meshGateway) return written;
  const [first = '', second] = written.split('/', 2);
  if (second !== undefined) return first === '.' ? `${namespace}/${second}` : written;
  const [name = '', elsewhere] = written.split('.', 2);
  return `${elsewhere ?? namespace}/${name}`;
}
