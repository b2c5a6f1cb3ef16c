import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import { fullHost } from '../host-match.js';
import type { Mesh } from '../mesh.js';
import { agedName, oldestFirst } from './age.js';
import type { Aged } from './age.js';
import { gatewayName, meshGateway } from './client-match.js';
import { readHttpRule } from './http-rule.js';
import type { HttpRule } from './http-rule.js';
import { readL4Rules } from './l4-rule.js';
import type { L4Rule } from './l4-rule.js';
import { textsOf } from './value.js';

/** A VirtualService with its names resolved. Without hosts it is a delegate: only others use it. */
export interface VirtualService extends Aged {
  readonly hosts: readonly string[];
  /** `mesh` and `namespace/name`. */
  readonly gateways: readonly string[];
  readonly exportTo: readonly string[];
  readonly http: readonly HttpRule[];
  readonly tcp: readonly L4Rule[];
  readonly tls: readonly L4Rule[];
}

function readVirtualService(object: MeshObject, domain: string): VirtualService {
  const spec = fieldsOf(object.spec);
  const { namespace } = object.metadata;
  const resolve = (host: string): string => fullHost(host, namespace, domain);
  const context = { namespace, resolve };
  const gateways = textsOf(spec['gateways']).map((gateway) => gatewayName(gateway, namespace));
  return {
    ...agedName(object),
    hosts: textsOf(spec['hosts']).map(resolve),
    gateways: gateways.length === 0 ? [meshGateway] : gateways,
    exportTo: textsOf(spec['exportTo']),
    http: listOf(spec['http']).map((rule, index) => readHttpRule(rule, index, context)),
    tcp: readL4Rules('tcp', spec['tcp'], context),
    tls: readL4Rules('tls', spec['tls'], context),
  };
}

/** With delegates still apart, oldest first. */
export const readVirtualServices = ({
  objects,
  domain = 'cluster.local',
}: Pick<Mesh, 'objects' | 'domain'>): readonly VirtualService[] =>
  objects
    .filter(
      ({ kind, apiVersion }) =>
        kind === 'VirtualService' && apiVersion.startsWith('networking.istio.io/'),
    )
    .map((object) => readVirtualService(object, domain))
    .toSorted(oldestFirst);
