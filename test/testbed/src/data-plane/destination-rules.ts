import type { KubeObject } from '../kube-http.js';
import {
  byAge,
  namespaceOf,
  specOf,
  type DestinationRuleSpec,
  type ProxyIdentity,
  type Subset,
  type TrafficPolicy,
} from './istio-objects.js';
import { carries, fullHost, isExported, isWithin, rootNamespace, specificity } from './names.js';
import type { MeshService } from './registry.js';

/** What is left of all DestinationRules for one service as one proxy sees it. */
export interface ServicePolicy {
  readonly subsets: readonly Subset[];
  readonly trafficPolicy: TrafficPolicy | undefined;
}

interface Rule extends DestinationRuleSpec {
  readonly namespace: string;
}

export function destinationRulesOf(objects: readonly KubeObject[]): readonly Rule[] {
  return objects.toSorted(byAge).map((object) => {
    const namespace = namespaceOf(object);
    const spec = specOf<DestinationRuleSpec>(object);
    return { ...spec, namespace, host: fullHost(spec.host, namespace) };
  });
}

/** The client's namespace, then the service's, then the root: the first that has a rule decides alone. */
export function policyFor(
  service: MeshService,
  proxy: ProxyIdentity,
  rules: readonly Rule[],
): ServicePolicy | undefined {
  const inRoot = proxy.namespace === rootNamespace;
  const own = rules.filter((rule) => rule.namespace === proxy.namespace);
  const exported = (namespace: string): readonly Rule[] =>
    rules.filter(
      (rule) =>
        rule.namespace === namespace && isExported(rule.exportTo, namespace, proxy.namespace),
    );
  const lookups = [
    inRoot ? own.filter(({ exportTo }) => exportTo?.join() === '.') : own,
    exported(service.namespace),
    exported(rootNamespace),
  ];
  for (const lookup of lookups) {
    const found = mostSpecific(
      lookup.filter((rule) => selects(rule, proxy)),
      service.host,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const selects = ({ workloadSelector, namespace }: Rule, proxy: ProxyIdentity): boolean =>
  workloadSelector === undefined ||
  (namespace === proxy.namespace && carries(proxy.labels, workloadSelector.matchLabels));

function mostSpecific(rules: readonly Rule[], host: string): ServicePolicy | undefined {
  const matching = rules.filter((rule) => isWithin(host, rule.host));
  const best = matching.toSorted((a, b) => specificity(b.host) - specificity(a.host))[0]?.host;
  const forHost = matching.filter((rule) => rule.host === best);
  const selected = forHost.filter(({ workloadSelector }) => workloadSelector !== undefined);
  return merge(selected.length > 0 ? selected.slice(0, 1) : forHost);
}

/** Rules that are exported alike are one: subsets together, the oldest policy wins. */
function merge(rules: readonly Rule[]): ServicePolicy | undefined {
  const [oldest] = rules;
  if (oldest === undefined) return undefined;
  const audience = ({ exportTo = ['*'] }: Rule): string => exportTo.toSorted().join();
  const alike = rules.filter((rule) => audience(rule) === audience(oldest));
  const subsets = new Map<string, Subset>();
  for (const subset of alike.flatMap((rule) => rule.subsets ?? [])) {
    if (!subsets.has(subset.name)) subsets.set(subset.name, subset);
  }
  const trafficPolicy = alike.find((rule) => rule.trafficPolicy)?.trafficPolicy;
  return { subsets: [...subsets.values()], trafficPolicy };
}

/** A subset's policy replaces the service's, component by component. */
export const trafficPolicyOf = (
  policy: ServicePolicy | undefined,
  subset: Subset | undefined,
): TrafficPolicy => ({ ...policy?.trafficPolicy, ...subset?.trafficPolicy });
