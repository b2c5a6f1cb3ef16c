import type { Place } from '@spillway/domain-access';
import { fixedService, type Rule } from '@spillway/domain-rule';
import {
  namespaceName,
  refusal,
  type ClusterName,
  type NamespaceName,
  type Refusal,
  serviceName,
  type ReleaseId,
  type RuleName,
  type ServiceName,
} from '@spillway/kernel';
import type { Reads } from '../port/unit-of-work.js';
import { unknownPolicy } from '../use-case/egress/unknown-policy.js';
import { notFound } from '../use-case/not-found.js';

/** What an operation is about, as its input names it. */
export type Where =
  /** Nothing in particular: strategies, secrets, tokens. */
  | { readonly kind: 'everywhere' }
  /** What tells of all namespaces at once: also to read it takes a role that nothing limits. */
  | { readonly kind: 'all' }
  /** A list, of which everybody gets the part that is visible to them. */
  | { readonly kind: 'somewhere' }
  | { readonly kind: 'cluster'; readonly name: ClusterName }
  | {
      readonly kind: 'service';
      readonly name: ServiceName;
      /** Those that it is to be in, besides those that it is in. */
      readonly clusters?: readonly ClusterName[];
    }
  | { readonly kind: 'release'; readonly id: ReleaseId }
  /** Where the rule that is there releases. */
  | { readonly kind: 'rule'; readonly name: RuleName }
  | {
      readonly kind: 'namespace';
      readonly name: NamespaceName;
      readonly clusters?: readonly ClusterName[];
    };

/** `shop/catalog` → `shop`. */
export const namespaceOf = (service: ServiceName): NamespaceName =>
  namespaceName(service.slice(0, service.indexOf('/')));

type Places = {
  readonly [Kind in Where['kind']]: (
    tx: Reads,
    where: Extract<Where, { readonly kind: Kind }>,
  ) => Promise<Place | undefined>;
};

const unplaced = () => Promise.resolve({});

const places: Places = {
  everywhere: unplaced,
  all: unplaced,
  somewhere: unplaced,
  async rule(tx, { name }) {
    const rule = await tx.rules.get(name);
    return rule && placeOf(tx, whereRuleReleases(rule));
  },
  async cluster(tx, { name }) {
    const cluster = await tx.clusters.get(name);
    return cluster && { clusters: [cluster] };
  },
  async service(tx, where) {
    return inClusters(tx, namespaceOf(where.name), await tx.services.get(where.name), where);
  },
  async release(tx, { id }) {
    const release = await tx.releases.get(id);
    const clusters = release?.plan.waves.flat() ?? [];
    return release && inClusters(tx, namespaceOf(release.service), { clusters });
  },
  async namespace(tx, where) {
    return inClusters(tx, where.name, await tx.egress.get(where.name), where);
  },
};

/** Where it is; `undefined` when there is no such thing. */
export function placeOf(tx: Reads, where: Where): Promise<Place | undefined> {
  const find = places[where.kind] as (reads: Reads, asked: Where) => Promise<Place | undefined>;
  return find(tx, where);
}

/** Everywhere, where a delivery says of which service. */
export function whereRuleReleases(rule: Rule): Where {
  const service = fixedService(rule);
  return service === undefined
    ? { kind: 'everywhere' }
    : { kind: 'service', name: serviceName(service) };
}

async function inClusters(
  tx: Reads,
  namespace: NamespaceName,
  ...those: readonly ({ readonly clusters?: readonly ClusterName[] } | undefined)[]
): Promise<Place> {
  const names = new Set(those.flatMap((one) => one?.clusters ?? []));
  return { namespace, clusters: await tx.clusters.getAll([...names]) };
}

/** What somebody is told who may not know that it is there. */
export function unseen(where: Where): Refusal {
  switch (where.kind) {
    case 'cluster':
      return notFound('UNKNOWN_CLUSTER', where.name);
    case 'service':
      return notFound('UNKNOWN_SERVICE', where.name);
    case 'release':
      return notFound('UNKNOWN_RELEASE', where.id);
    case 'namespace':
      return unknownPolicy(where.name);
    case 'rule':
      return notFound('UNKNOWN_RULE', where.name);
    case 'everywhere':
    case 'all':
    case 'somewhere':
      return refusal('NOT_FOUND', 'There is nothing here.', 'Check the address.');
  }
}
