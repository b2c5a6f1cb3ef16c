import { mostSpecific } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { label } from './mesh.js';
import { isPartOf } from './proxy.js';
import type { Labels, Proxy } from './proxy.js';
import { oldestFirst } from './read/age.js';
import type { DestinationRule, RuleSubset } from './read/destination-rule.js';
import type { Service } from './read/service.js';
import { isVisible } from './visibility.js';

/** What a client's proxy knows about the versions of a service. */
export interface RuleInForce {
  /** `namespace/name` of every DestinationRule that is merged into it. */
  readonly from: readonly string[];
  readonly subsets: ReadonlyMap<string, RuleSubset>;
}

/**
 * The DestinationRule for a service as one client sees it: of the client's own
 * namespace, else of the service's, else of the root namespace. The first of
 * these that has any rule for the name decides alone; nothing is inherited, so a
 * wildcard rule beside the client hides every subset that the service's owner made.
 */
export function ruleFor(mesh: KnownMesh, proxy: Proxy, service: Service): RuleInForce | undefined {
  const { rootNamespace } = mesh;
  const own =
    proxy.namespace === rootNamespace
      ? rulesOf(mesh, rootNamespace).filter(isPrivate)
      : rulesOf(mesh, proxy.namespace).filter(isForOwnNamespace);
  const found =
    chosen(own, service.hostname, proxy) ??
    chosen(exported(rulesOf(mesh, service.namespace)), service.hostname, proxy) ??
    chosen(exported(rulesOf(mesh, rootNamespace)), service.hostname, proxy);
  return found && inForce(found);
}

const rulesOf = ({ destinationRules }: KnownMesh, namespace: string): readonly DestinationRule[] =>
  destinationRules.filter((rule) => rule.namespace === namespace).toSorted(oldestFirst);

const isPrivate = ({ exportTo, namespace }: DestinationRule): boolean =>
  exportTo.length === 1 && (exportTo[0] === '.' || exportTo[0] === namespace);

const isForOwnNamespace = ({ exportTo, namespace }: DestinationRule): boolean =>
  isVisible(exportTo, namespace, namespace);

const exported = (rules: readonly DestinationRule[]): readonly DestinationRule[] =>
  rules.filter((rule) => !isPrivate(rule));

/** The name is settled before visibility: a closer rule that is not exported still hides a wider one. */
function chosen(
  rules: readonly DestinationRule[],
  hostname: string,
  proxy: Proxy,
): readonly DestinationRule[] | undefined {
  const host = mostSpecific(
    hostname,
    rules.map((rule) => rule.host),
  );
  const visible = rules.filter(
    (rule) => rule.host === host && isVisible(rule.exportTo, rule.namespace, proxy.namespace),
  );
  return visible.length === 0 ? undefined : forWorkload(visible, proxy);
}

/** A rule that selects the client beats one for everybody; of several groups for everybody the last stays. */
function forWorkload(
  rules: readonly DestinationRule[],
  proxy: Proxy,
): readonly DestinationRule[] | undefined {
  const leads =
    rules.find(({ workloadSelector: wanted }) => wanted && isPartOf(wanted, proxy.labels)) ??
    rules
      .filter((rule, index) => rules.findIndex((other) => mergeable(rule, other)) === index)
      .findLast(({ workloadSelector }) => workloadSelector === undefined);
  return leads && rules.filter((rule) => mergeable(rule, leads));
}

/** Rules of one host merge only when they are exported alike and select alike. */
const mergeable = (a: DestinationRule, b: DestinationRule): boolean => groupOf(a) === groupOf(b);

const groupOf = ({ exportTo, workloadSelector }: DestinationRule): string =>
  JSON.stringify([
    exportTo.toSorted(),
    workloadSelector === undefined ? null : textOf(workloadSelector),
  ]);

const textOf = (labels: Labels): string =>
  Object.entries(labels)
    .map((pair) => pair.join('='))
    .toSorted()
    .join();

function inForce(rules: readonly DestinationRule[]): RuleInForce {
  const subsets = new Map<string, RuleSubset>();
  for (const subset of rules.flatMap((rule) => rule.subsets)) {
    if (!subsets.has(subset.name)) subsets.set(subset.name, subset);
  }
  return { from: rules.map(label), subsets };
}
