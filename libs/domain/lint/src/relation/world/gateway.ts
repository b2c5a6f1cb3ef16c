import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';
import { isWildcard, overlap } from './host.js';
import { labelsOf, type Labels } from './labels.js';
import { declaredPort, type Port } from './port.js';

/** `namespace/host` of a server: which namespaces' VirtualServices may bind the host. */
export interface ServerHost {
  readonly namespace: string;
  readonly host: string;
}

export interface Server {
  readonly spot: Spot;
  readonly port: Port;
  readonly bind: string;
  readonly hosts: readonly ServerHost[];
}

export interface Gateway {
  readonly object: MeshObject;
  readonly spec: Spot;
  /** `namespace/name` */
  readonly name: string;
  readonly selector: Labels;
  readonly servers: readonly Server[];
}

export function readGateway(object: MeshObject): Gateway {
  const { namespace, name } = object.metadata;
  const spec = new Spot(object.spec, 'spec');
  return {
    object,
    spec,
    name: `${namespace}/${name}`,
    selector: labelsOf(spec.at('selector')),
    servers: spec
      .at('servers')
      .items()
      .map((spot) => ({
        spot,
        port: declaredPort(spot.at('port')),
        bind: spot.at('bind').text,
        hosts: spot
          .at('hosts')
          .texts()
          .map(({ text }) => serverHost(text, namespace)),
      })),
  };
}

export function serverHost(text: string, own: string): ServerHost {
  const [first = '', second] = text.split('/');
  if (second === undefined) return { namespace: '*', host: first };
  return { namespace: first === '.' ? own : first, host: second };
}

export const admits = ({ namespace }: ServerHost, of: string): boolean =>
  isWildcard(namespace) || namespace === of;

/** Whether a VirtualService of the namespace may bind a host at this server. */
export const serves = (server: Server, host: string, namespace: string): boolean =>
  server.hosts.some((own) => admits(own, namespace) && overlap(own.host, host));
