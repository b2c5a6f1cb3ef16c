import { splitServiceName } from '@spillway/kernel';
import type { LiveObject } from './istio-object.js';
import { fieldsOf, textsOf } from './spec-fields.js';
import type { MeshService } from './traffic.js';

/** A host that an object routes, or splits into subsets. */
export interface Claim {
  /** The same for every way to write the host. */
  readonly key: string;
  readonly host: string;
  readonly namespace: string;
}

/**
 * The hosts that an object claims in the mesh. A VirtualService that is bound to
 * gateways only claims none: what it does ends at the edge. Wildcards claim
 * none either, for Istio prefers the exact host whatever the age.
 */
export function claimsOf({ kind, metadata, spec }: LiveObject): readonly Claim[] {
  const fields = fieldsOf(spec);
  if (kind === 'DestinationRule') {
    return textsOf([fields['host']]).map((host) => claim(host, metadata.namespace));
  }
  const gateways = textsOf(fields['gateways']);
  if (gateways.length > 0 && !gateways.includes('mesh')) return [];
  return textsOf(fields['hosts']).map((host) => claim(host, metadata.namespace));
}

/** Whether the object claims the service's host, however it is written. */
export function claims(object: LiveObject, service: MeshService): boolean {
  const { key } = claimOf(service);
  return claimsOf(object).some((claim) => claim.key === key);
}

export const claimOf = (service: MeshService): Claim =>
  claim(service.host, splitServiceName(service.service).namespace);

/**
 * A short name is one in the object's namespace, `name.namespace` and
 * `name.namespace.svc` are hosts that Istio gives to a service as well. In a
 * short one the cluster's domain is not said; it is taken to be the usual one.
 */
function claim(host: string, namespaceOfObject: string): Claim {
  const [name = '', namespace = namespaceOfObject, svc = 'svc', ...domain] = host
    .replace(/\.$/, '')
    .split('.');
  if (svc !== 'svc') return { key: host, host, namespace: namespaceOfObject };
  const known = domain.length > 0 ? domain.join('.') : 'cluster.local';
  return { key: `${name}.${namespace}`, host: `${name}.${namespace}.svc.${known}`, namespace };
}

/** The same for every way to write a host in an object of this namespace. */
export const hostKey = (host: string, namespaceOfObject: string): string =>
  claim(host, namespaceOfObject).key;

const ownName = /^(.+)-spillway$/;

/** The service whose routing an object is by its name, whatever hosts somebody wrote into it. */
export function nameClaim({ metadata }: LiveObject): readonly Claim[] {
  const service = ownName.exec(metadata.name)?.[1];
  return service === undefined ? [] : [claim(service, metadata.namespace)];
}
