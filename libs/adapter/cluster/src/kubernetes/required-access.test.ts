import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { requiredAccess } from './required-access.js';

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
const granted = manifests
  .flatMap(({ rules }) => rules ?? [])
  .flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${group}`)),
    ),
  );

describe('the role that is shipped', () => {
  it('grants exactly what the adapter needs', () => {
    const needed = requiredAccess.map((a) => `${a.verb} ${a.resource}.${a.group}`);
    expect(granted.toSorted()).toEqual(needed.toSorted());
  });

  it('is bound to the service account that is shipped with it', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual([
      'Namespace spillway',
      'ServiceAccount spillway',
      'ClusterRole spillway',
      'ClusterRoleBinding spillway',
    ]);
    expect(manifests.at(-1)?.roleRef?.name).toBe('spillway');
  });
});
