/** One right that Spillway needs in a cluster. */
export interface Access {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
}

const all = (group: string, resource: string, verbs: readonly string[]): readonly Access[] =>
  verbs.map((verb) => ({ group, resource, verb }));

/**
 * Everything that the adapter does in a mesh; deploy/rbac.yaml grants exactly
 * this, and `probe` asks for each. `get` is for a look at an object after a
 * conflict, when the watch may have missed a change, and before a cluster is let go. `create` and `patch` are both needed by
 * server-side apply: the first write of an object creates it. `delete` is for a rule
 * of ours beside routing that people own.
 */
export const requiredAccess: readonly Access[] = [
  ...all('networking.istio.io', 'virtualservices', ['get', 'list', 'watch', 'create', 'patch']),
  ...all('networking.istio.io', 'destinationrules', ['get', 'list', 'watch', 'create', 'patch']),
  ...all('networking.istio.io', 'destinationrules', ['delete']),
  ...all('networking.istio.io', 'serviceentries', ['list', 'create', 'patch', 'delete']),
  ...all('networking.istio.io', 'sidecars', ['list', 'create', 'patch', 'delete']),
  ...all('telemetry.istio.io', 'telemetries', ['create', 'patch', 'delete']),
  ...all('discovery.k8s.io', 'endpointslices', ['list', 'watch']),
  ...all('', 'pods', ['list', 'watch']),
];

/** What services that are routed by replica counts need besides; a cluster without them need not grant it. */
export const replicaAccess: readonly Access[] = [
  ...all('apps', 'deployments', ['list', 'watch']),
  ...all('apps', 'deployments/scale', ['get', 'patch']),
];
