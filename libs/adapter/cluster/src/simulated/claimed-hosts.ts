import type { LiveObject } from '@spillway/domain-istio';

type Fields = Readonly<Record<string, unknown>>;

/** Objects may be written by anybody: nothing in their spec is taken for granted. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The hosts that an object is about, in full: Istio reads `catalog` as a host of the object's namespace. */
export function claimedHosts({ kind, metadata, spec }: LiveObject): readonly string[] {
  const { hosts, host } = fieldsOf(spec);
  return (kind === 'VirtualService' ? listOf(hosts) : [host])
    .filter((name): name is string => typeof name === 'string')
    .map((name) => fullHost(name, metadata.namespace));
}

const fullHost = (host: string, namespace: string): string =>
  host.includes('.') ? host : `${host}.${namespace}.svc.cluster.local`;

/** The namespace of the service behind a host; that of the object for a host outside the cluster. */
export function namespaceOfHost(host: string, object: LiveObject): string {
  const [, namespace, suffix] = host.split('.');
  return suffix === 'svc' && namespace !== undefined ? namespace : object.metadata.namespace;
}
