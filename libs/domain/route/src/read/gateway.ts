import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import { agedName } from './age.js';
import type { Aged } from './age.js';
import { givenFields, numberOf, textMapOf, textOf, textsOf } from './value.js';
import type { Fields } from './value.js';

/** What a server does with a connection before any route is looked at. */
export type ServerMode = 'http' | 'https' | 'tls-passthrough' | 'tcp';

export interface Server {
  readonly port: number;
  readonly mode: ServerMode;
  /** Plain requests are sent to `https` instead of being routed. */
  readonly httpsRedirect: boolean;
  /** The namespace whose VirtualServices may bind (`*` for all) and the name. */
  readonly hosts: readonly { readonly namespace: string; readonly host: string }[];
}

export interface Gateway extends Aged {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly Server[];
}

export function readGateway(object: MeshObject): Gateway {
  const spec = fieldsOf(object.spec);
  return {
    ...agedName(object),
    selector: textMapOf(spec['selector']),
    servers: listOf(spec['servers']).map((server) =>
      readServer(fieldsOf(server), object.metadata.namespace),
    ),
  };
}

function readServer(server: Fields, namespace: string): Server {
  const port = fieldsOf(server['port']);
  const tls = givenFields(server['tls']);
  return {
    port: numberOf(port['number']) ?? 0,
    mode: modeOf((textOf(port['protocol']) ?? '').toUpperCase(), tls),
    httpsRedirect: tls?.['httpsRedirect'] === true,
    hosts: textsOf(server['hosts']).map((written) => readHost(written, namespace)),
  };
}

const plainHttp = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY']);

function modeOf(protocol: string, tls: Fields | undefined): ServerMode {
  if (plainHttp.has(protocol)) return 'http';
  const mode = textOf(tls?.['mode']) ?? 'PASSTHROUGH';
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    if (mode.endsWith('PASSTHROUGH')) return 'tls-passthrough';
    return protocol === 'HTTPS' ? 'https' : 'tcp';
  }
  return 'tcp';
}

function readHost(
  written: string,
  ownNamespace: string,
): { readonly namespace: string; readonly host: string } {
  const [namespace = '', host] = written.split('/', 2);
  if (host === undefined) return { namespace: '*', host: written };
  return { namespace: namespace === '.' ? ownNamespace : namespace, host };
}
