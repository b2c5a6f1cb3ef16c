import type { ClusterName } from '@spillway/kernel';

export type Labels = Readonly<Record<string, string>>;

/** What placing a release needs to know of a cluster. */
export interface Cluster {
  readonly name: ClusterName;
  readonly labels: Labels;
}

/** Chooses clusters by name, by labels (all must be equal), or every one that is left. */
export type ClusterSelector =
  | { readonly kind: 'names'; readonly names: readonly ClusterName[] }
  | { readonly kind: 'labels'; readonly labels: Labels }
  | { readonly kind: 'rest' };

const hasLabels = (cluster: Cluster, wanted: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => cluster.labels[key] === value);

export function selects(selector: ClusterSelector, cluster: Cluster): boolean {
  switch (selector.kind) {
    case 'names':
      return selector.names.includes(cluster.name);
    case 'labels':
      return hasLabels(cluster, selector.labels);
    case 'rest':
      return true;
  }
}
