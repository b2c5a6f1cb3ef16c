import type { KubeObject } from './kube-http.js';
import { isReady, type MeshServiceName } from './workload.js';

/** Why a proxy answers by itself: no route, no such subset, no healthy endpoint. Envoy's response flags. */
export type ProxyFailure = 'NR' | 'NC' | 'UH';

/** A part of a service's requests; the parts of a split sum to 1. */
export type Share =
  | { readonly version: string; readonly part: number }
  | { readonly failure: ProxyFailure; readonly part: number };

/** The configuration that proxies obey. */
export interface MeshConfig {
  readonly virtualServices: readonly KubeObject[];
  readonly destinationRules: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
}

interface Destination {
  readonly destination: { readonly host: string; readonly subset?: string };
  readonly weight?: number;
}

interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly http?: readonly { readonly match?: object; readonly route?: readonly Destination[] }[];
}

interface DestinationRuleSpec {
  readonly host: string;
  readonly subsets?: readonly {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}

const specOf = <Spec>(object: KubeObject): Spec => object['spec'] as Spec;

/**
 * Where requests that match no special route go, as istiod and Envoy decide it.
 * `undefined` when all weights are 0: Envoy refuses that and keeps what it had.
 */
export function splitOf(
  service: MeshServiceName,
  config: MeshConfig,
): readonly Share[] | undefined {
  const pods = config.pods.filter(
    (pod) =>
      pod.metadata.namespace === service.namespace &&
      pod.metadata.labels?.['app'] === service.name &&
      isReady(pod),
  );
  const routing = config.virtualServices.filter((object) => isFor(service, object)).sort(byAge)[0];
  if (routing === undefined) return spread(pods, 1);
  const route = specOf<VirtualServiceSpec>(routing).http?.find(({ match }) => match === undefined);
  if (route?.route === undefined) return [{ failure: 'NR', part: 1 }];
  const weights = weightsOf(route.route);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return undefined;
  return route.route.flatMap(({ destination: { subset } }, i) => {
    const part = (weights[i] ?? 0) / total;
    if (part === 0) return [];
    if (subset === undefined) return spread(pods, part);
    const labels = labelsOf(service, subset, config.destinationRules);
    if (labels === undefined) return [{ failure: 'NC', part } as const];
    return spread(
      pods.filter((pod) => carries(pod, labels)),
      part,
    );
  });
}

/** A single destination gets everything, whatever its weight says. */
const weightsOf = (route: readonly Destination[]): readonly number[] =>
  route.length === 1 ? [1] : route.map(({ weight = 0 }) => weight);

/** Every Pod gets the same. */
function spread(pods: readonly KubeObject[], part: number): readonly Share[] {
  if (pods.length === 0) return [{ failure: 'UH', part }];
  const perVersion = new Map<string, number>();
  for (const { metadata } of pods) {
    const version = metadata.labels?.['version'] ?? 'unknown';
    perVersion.set(version, (perVersion.get(version) ?? 0) + 1);
  }
  return [...perVersion].map(([version, n]) => ({ version, part: (part * n) / pods.length }));
}

function isFor(service: MeshServiceName, object: KubeObject): boolean {
  const { hosts = [] } = specOf<VirtualServiceSpec>(object);
  return hosts.some((host) => isHostOf(service, host, object));
}

function isHostOf({ namespace, name }: MeshServiceName, host: string, of: KubeObject): boolean {
  const full = `${name}.${namespace}.svc.cluster.local`;
  return host === full || (host === name && of.metadata.namespace === namespace);
}

const byAge = (a: KubeObject, b: KubeObject): number =>
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '');

function labelsOf(
  service: MeshServiceName,
  subset: string,
  rules: readonly KubeObject[],
): Readonly<Record<string, string>> | undefined {
  const found = rules
    .filter((rule) => isHostOf(service, specOf<DestinationRuleSpec>(rule).host, rule))
    .flatMap((rule) => specOf<DestinationRuleSpec>(rule).subsets ?? [])
    .find(({ name }) => name === subset);
  return found && (found.labels ?? {});
}

const carries = (pod: KubeObject, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(labels).every(([name, value]) => pod.metadata.labels?.[name] === value);
