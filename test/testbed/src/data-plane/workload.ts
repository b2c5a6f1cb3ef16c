/** Somebody who answers: a Pod, or a host outside. */
export interface Workload {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const versionOf = ({ labels }: Workload): string =>
  labels['version'] ?? labels['app.kubernetes.io/version'] ?? 'unknown';

/** Istio's order of labels. */
export const revisionOf = ({ labels }: Workload): string =>
  labels['service.istio.io/canonical-revision'] ??
  labels['app.kubernetes.io/version'] ??
  labels['version'] ??
  'latest';

export const appOf = ({ labels, name }: Workload): string => labels['app'] ?? name;
