import type { Cluster, Labels } from '@spillway/domain-topology';
import type { NamespaceName } from '@spillway/kernel';
import type { Role } from './role.js';

/** The cluster label that says which environment it belongs to. */
export const environmentLabel = 'env';

/** A role, and where it holds. What is left out does not limit it. */
export interface Grant {
  readonly role: Role;
  readonly namespaces?: readonly NamespaceName[];
  /** Values of the clusters' label `env`. */
  readonly environments?: readonly string[];
  /** Labels that a cluster must have, all of them. */
  readonly clusters?: Labels;
}

/** What is asked for is in these. Nothing in it: it concerns everything, as a strategy does. */
export interface Place {
  readonly namespace?: NamespaceName;
  readonly clusters?: readonly Pick<Cluster, 'labels'>[];
}

/** A place in which everybody with a role somewhere may look around. */
export const everywhere: Place = {};

const coversNamespace = ({ namespaces }: Grant, namespace: NamespaceName | undefined): boolean =>
  namespaces === undefined || (namespace !== undefined && namespaces.includes(namespace));

/** Whether a grant holds in a cluster with these labels. */
export const coversCluster = (grant: Grant, labels: Labels): boolean =>
  (grant.environments?.includes(labels[environmentLabel] ?? '') ?? true) &&
  Object.entries(grant.clusters ?? {}).every(([key, value]) => labels[key] === value);

const isLimitedToClusters = ({ environments, clusters }: Grant): boolean =>
  environments !== undefined || clusters !== undefined;

/** Whether a grant holds in a part only. */
export const isLimited = (grant: Grant): boolean =>
  grant.namespaces !== undefined || isLimitedToClusters(grant);

/**
 * Whether one of the roles is granted in all of the place: for a change, so who may
 * release in `test` does not release a service that is in `live` as well. Several
 * grants may cover a place together.
 */
export function allows(
  grants: readonly Grant[],
  allowed: readonly Role[],
  { namespace, clusters }: Place,
): boolean {
  const able = grants.filter(
    (grant) => allowed.includes(grant.role) && coversNamespace(grant, namespace),
  );
  if (clusters === undefined || clusters.length === 0) {
    return able.some((grant) => !isLimitedToClusters(grant));
  }
  return clusters.every(({ labels }) => able.some((grant) => coversCluster(grant, labels)));
}

/** Whether one of the roles is granted in a part of the place: enough to see it. */
export function sees(
  grants: readonly Grant[],
  allowed: readonly Role[],
  { namespace, clusters }: Place,
): boolean {
  const able = grants.filter(
    (grant) =>
      allowed.includes(grant.role) &&
      (namespace === undefined || coversNamespace(grant, namespace)),
  );
  if (clusters === undefined || clusters.length === 0) return able.length > 0;
  return clusters.some(({ labels }) => able.some((grant) => coversCluster(grant, labels)));
}
