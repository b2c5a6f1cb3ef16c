import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { replicaAccess, requiredAccess } from './required-access.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly roleRef?: { readonly name: string };
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

const text = readFileSync(new URL('../../../../../deploy/rbac.yaml', import.meta.url), 'utf8');
const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const grantedBy = (role: string) =>
  manifests
    .filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === role)
    .flatMap(({ rules }) => rules ?? [])
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${group}`)),
      ),
    );

describe('the roles that are shipped', () => {
  it.each([
    ['spillway', 'the adapter needs in a mesh', requiredAccess],
    ['spillway-replicas', 'services by replica counts need besides', replicaAccess],
  ])('grant by %s exactly what %s', (role, _, access) => {
    const needed = access.map((a) => `${a.verb} ${a.resource}.${a.group}`);
    expect(grantedBy(role).toSorted()).toEqual(needed.toSorted());
  });

  it('are bound to the service account that is shipped with them', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual([
      'Namespace spillway',
      'ServiceAccount spillway',
      'ClusterRole spillway',
      'ClusterRoleBinding spillway',
      'ClusterRole spillway-replicas',
      'ClusterRoleBinding spillway-replicas',
    ]);
    for (const { metadata, roleRef } of manifests.filter(({ roleRef }) => roleRef !== undefined)) {
      expect(roleRef?.name).toBe(metadata.name);
    }
  });
});
