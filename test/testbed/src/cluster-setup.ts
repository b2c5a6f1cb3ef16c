import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { ClusterAdmin } from './admin.js';
import type { KubeObject } from './kube-http.js';
import { until } from './until.js';

const rbacFile = fileURLToPath(new URL('../../../deploy/rbac.yaml', import.meta.url));
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Of Istio's, those that Spillway writes and those that proxies obey. */
const kinds = ['virtualservices', 'destinationrules', 'gateways', 'serviceentries', 'sidecars'];

export async function installIstioCrds(admin: ClusterAdmin, file: string): Promise<void> {
  const wanted = await objectsIn(file);
  await Promise.all(wanted.map((crd) => admin.apply(crds, crd)));
  await until(async () => (await admin.list(crds)).filter(isEstablished).length >= wanted.length, {
    what: 'Istio’s CRDs are established',
    withinMs: 60_000,
  });
  // Established is said by a controller; that requests are routed shows only in an answer.
  for (const kind of kinds) {
    await until(() => admin.http.find(`/apis/networking.istio.io/v1/${kind}`), {
      what: `${kind} are served`,
      withinMs: 60_000,
    });
  }
}

/** The ClusterRoles that we ship, bound to a user instead of the ServiceAccount that a real cluster has. */
export async function installSpillwayRole(admin: ClusterAdmin, user: string): Promise<void> {
  const roles = (await objectsIn(rbacFile)).filter(({ kind }) => kind === 'ClusterRole');
  if (roles.length === 0) throw new Error(`${rbacFile} has no ClusterRole for Spillway`);
  for (const role of roles) {
    await admin.apply(`${rbac}/clusterroles`, role);
    await admin.apply(`${rbac}/clusterrolebindings`, binding(role.metadata.name, user));
  }
}

function binding(role: string, user: string): KubeObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `testbed-${role}` },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup, kind: 'User', name: user }],
  };
}

function isEstablished(crd: KubeObject): boolean {
  const { conditions = [] } = (crd['status'] ?? {}) as {
    conditions?: readonly { type: string; status: string }[];
  };
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}

async function objectsIn(file: string): Promise<readonly KubeObject[]> {
  const documents = parseAllDocuments(await readFile(file, 'utf8'));
  return documents
    .map((document) => document.toJS() as KubeObject | null)
    .filter((o) => o !== null);
}
