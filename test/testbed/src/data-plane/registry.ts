import type { KubeObject } from '../kube-http.js';
import { isReady } from '../workload.js';
import {
  byAge,
  namespaceOf,
  specOf,
  type MeshSnapshot,
  type ServiceEntrySpec,
  type ServiceSpec,
} from './istio-objects.js';
import { carries, fullHost } from './names.js';
import { protocolOf, type Protocol } from './protocol.js';
import type { Workload } from './workload.js';

export interface ServicePort {
  readonly number: number;
  readonly name: string;
  readonly protocol: Protocol;
}

export interface Endpoint {
  readonly labels: Readonly<Record<string, string>>;
  /** Where it listens for a port: a workload that upstreams play, or an address of its own. */
  readonly at:
    Workload | { readonly address: string; readonly ports: Readonly<Record<string, number>> };
}

/** A host that the mesh knows. */
export interface MeshService {
  readonly host: string;
  readonly namespace: string;
  /** Other names, some of which are only understood in the service's own namespace. */
  readonly shortName: string | undefined;
  readonly exportTo: readonly string[] | undefined;
  readonly ports: readonly ServicePort[];
  readonly endpoints: readonly Endpoint[];
}

/** Kubernetes' Services first; of one host, the first is kept. */
export function servicesOf(snapshot: MeshSnapshot): readonly MeshService[] {
  const pods = snapshot.pods.map(workloadOf);
  const services = snapshot.services.toSorted(byAge).map((object) => fromService(object, pods));
  const entries = snapshot.serviceEntries.toSorted(byAge);
  const byHost = new Map<string, MeshService>();
  for (const service of [...services, ...entries.flatMap((object) => fromEntry(object, pods))]) {
    if (!byHost.has(service.host)) byHost.set(service.host, service);
  }
  return [...byHost.values()];
}

/** Whom upstreams must play: ready Pods and others, and hosts that are outside. */
export function workloadsOf(
  snapshot: MeshSnapshot,
  services: readonly MeshService[],
): readonly Workload[] {
  const played = services.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ at }) => ('id' in at ? [at] : [])),
  );
  return [...snapshot.pods.map((pod) => workloadOf(pod)), ...played];
}

function workloadOf(pod: KubeObject): Workload & { readonly isReady: boolean } {
  const { name, labels = {} } = pod.metadata;
  const namespace = namespaceOf(pod);
  const ready = pod['status'] !== undefined && isReady(pod);
  return { id: `${namespace}/${name}`, name, namespace, labels, isReady: ready };
}

type Pod = ReturnType<typeof workloadOf>;

const endpointsIn = (
  pods: readonly Pod[],
  namespace: string,
  selector: Readonly<Record<string, string>>,
): readonly Endpoint[] =>
  pods
    .filter((pod) => pod.isReady && pod.namespace === namespace && carries(pod.labels, selector))
    .map((pod) => ({ labels: pod.labels, at: pod }));

function fromService(object: KubeObject, pods: readonly Pod[]): MeshService {
  const { name, annotations } = object.metadata;
  const namespace = namespaceOf(object);
  const { selector, ports = [] } = specOf<ServiceSpec>(object);
  return {
    host: fullHost(name, namespace),
    namespace,
    shortName: name,
    exportTo: annotations?.['networking.istio.io/exportTo']?.split(','),
    ports: ports
      .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
      .map(({ port, name: portName = '', appProtocol }) => ({
        number: port,
        name: portName,
        protocol: protocolOf(appProtocol ?? portName),
      })),
    endpoints: selector ? endpointsIn(pods, namespace, selector) : [],
  };
}

function fromEntry(object: KubeObject, pods: readonly Pod[]): readonly MeshService[] {
  const namespace = namespaceOf(object);
  const spec = specOf<ServiceEntrySpec>(object);
  return spec.hosts.map((host) => ({
    host: host.toLowerCase(),
    namespace,
    shortName: undefined,
    exportTo: spec.exportTo,
    ports: (spec.ports ?? []).map(({ number, name, protocol = '' }) => ({
      number,
      name,
      protocol: protocolOf(protocol),
    })),
    endpoints: spec.workloadSelector
      ? endpointsIn(pods, namespace, spec.workloadSelector.labels ?? {})
      : entryEndpoints(host, spec, namespace),
  }));
}

/** Loopback addresses are taken as they are; whatever is outside this machine is played by an upstream. */
function entryEndpoints(
  host: string,
  { endpoints = [] }: ServiceEntrySpec,
  namespace: string,
): readonly Endpoint[] {
  const listed = endpoints.length === 0 ? [{ address: host }] : endpoints;
  return listed.map(({ address = host, labels = {}, ports = {} }: Listed) => {
    if (address.startsWith('127.')) return { labels, at: { address, ports } };
    const id = `outside/${host}/${address}`;
    return { labels, at: { id, name: address, namespace, labels: { app: host, ...labels } } };
  });
}

type Listed = NonNullable<ServiceEntrySpec['endpoints']>[number];
