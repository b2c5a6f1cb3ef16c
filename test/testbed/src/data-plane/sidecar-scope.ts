import type { KubeObject } from '../kube-http.js';
import {
  byAge,
  namespaceOf,
  specOf,
  type ProxyIdentity,
  type SidecarSpec,
} from './istio-objects.js';
import { carries, isWithin, rootNamespace } from './names.js';

/** What the one Sidecar object that applies to a proxy lets it see. */
export interface SidecarScope {
  readonly registryOnly: boolean;
  imports(namespace: string, hosts: readonly string[]): boolean;
}

/** With a selector before without, the proxy's namespace before the root's; one applies, nothing is merged. */
export function sidecarFor(
  proxy: ProxyIdentity,
  sidecars: readonly KubeObject[],
): SidecarScope | undefined {
  const inNamespace = (namespace: string): readonly KubeObject[] =>
    sidecars.filter((object) => namespaceOf(object) === namespace).toSorted(byAge);
  const selectorOf = (object: KubeObject) => specOf<SidecarSpec>(object).workloadSelector?.labels;
  const own = inNamespace(proxy.namespace);
  const chosen =
    own.find((object) => selectorOf(object) && carries(proxy.labels, selectorOf(object))) ??
    own.find((object) => !selectorOf(object)) ??
    inNamespace(rootNamespace).find((object) => !selectorOf(object));
  return chosen && scopeOf(specOf<SidecarSpec>(chosen), proxy);
}

/** An `outboundTrafficPolicy` without a mode means REGISTRY_ONLY: it is the enum's zero. */
function scopeOf(
  { egress, outboundTrafficPolicy }: SidecarSpec,
  proxy: ProxyIdentity,
): SidecarScope {
  const registryOnly =
    outboundTrafficPolicy !== undefined && outboundTrafficPolicy.mode !== 'ALLOW_ANY';
  const patterns = egress?.flatMap(({ hosts }) => hosts.map((host) => host.split('/'))) ?? [
    ['*', '*'],
  ];
  const imports = (namespace: string, hosts: readonly string[]): boolean =>
    patterns.some(
      ([from = '', pattern = '']) =>
        (from === '*' || namespace === (from === '.' ? proxy.namespace : from)) &&
        hosts.some((host) => isWithin(host, pattern) || isWithin(pattern, host)),
    );
  return { registryOnly, imports };
}
