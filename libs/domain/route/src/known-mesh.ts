import type { MeshObject, RegexEngine } from '@spillway/domain-istio';
import { mergeRoots } from './delegate.js';
import type { Mesh, OutboundPolicy } from './mesh.js';
import { oldestFirst } from './read/age.js';
import { readDestinationRule } from './read/destination-rule.js';
import type { DestinationRule } from './read/destination-rule.js';
import { readGateway } from './read/gateway.js';
import type { Gateway } from './read/gateway.js';
import { readService, readServiceEntry } from './read/service.js';
import type { Service } from './read/service.js';
import { readSidecar } from './read/sidecar.js';
import type { Sidecar } from './read/sidecar.js';
import { readVirtualServices } from './read/virtual-service.js';
import type { VirtualService } from './read/virtual-service.js';

/** The mesh as read: names resolved, delegates merged, everything oldest first. */
export interface KnownMesh {
  readonly regex: RegexEngine;
  readonly rootNamespace: string;
  readonly domain: string;
  readonly outboundPolicy: OutboundPolicy;
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly services: readonly Service[];
  readonly sidecars: readonly Sidecar[];
}

export function readMesh(mesh: Mesh): KnownMesh {
  const domain = mesh.domain ?? 'cluster.local';
  const ofKind = (kind: string, group = 'networking.istio.io/'): readonly MeshObject[] =>
    mesh.objects.filter((object) => object.kind === kind && object.apiVersion.startsWith(group));
  const services = [
    ...ofKind('Service', 'v1').map((object) => readService(object, domain)),
    ...ofKind('ServiceEntry').flatMap(readServiceEntry),
  ];
  return {
    regex: mesh.regex,
    rootNamespace: mesh.rootNamespace ?? 'istio-system',
    domain,
    outboundPolicy: mesh.outboundTrafficPolicy ?? 'ALLOW_ANY',
    virtualServices: mergeRoots(readVirtualServices(mesh)).virtualServices,
    destinationRules: ofKind('DestinationRule')
      .map((object) => readDestinationRule(object, domain))
      .toSorted(oldestFirst),
    gateways: ofKind('Gateway').map(readGateway).toSorted(oldestFirst),
    services: services.toSorted(oldestFirst),
    sidecars: ofKind('Sidecar').map(readSidecar).toSorted(oldestFirst),
  };
}
