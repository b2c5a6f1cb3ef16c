import type { MeshObject } from '@spillway/domain-istio';
import type { Finding } from '../finding.js';
import { schemaFinding } from './catalogue.js';

const firstMinorWithV1 = 22;

interface Served {
  readonly group: string;
  /** Version → the first minor of Istio that serves it; 0 for all that matter. */
  readonly versions: Readonly<Record<string, number>>;
}

const networking: Served = {
  group: 'networking.istio.io',
  versions: { v1: firstMinorWithV1, v1beta1: 0, v1alpha3: 0 },
};

const served: Readonly<Record<string, Served>> = {
  VirtualService: networking,
  DestinationRule: networking,
  Gateway: networking,
  ServiceEntry: networking,
  Sidecar: networking,
  WorkloadEntry: networking,
  Telemetry: { group: 'telemetry.istio.io', versions: { v1: firstMinorWithV1, v1alpha1: 0 } },
};

/**
 * Whether the object is of a kind whose schema is known. Other projects have kinds
 * of the same names (`Gateway` of the Gateway API), so a foreign group says no.
 */
export function isIstioKind({ apiVersion, kind }: MeshObject): boolean {
  const [group = ''] = apiVersion.split('/');
  const isOurs = group.endsWith('istio.io') || !apiVersion.includes('/');
  return isOurs && Object.hasOwn(served, kind);
}

/** Kinds of the same groups whose fields nobody looks at here. */
const unchecked = ['EnvoyFilter', 'ProxyConfig', 'WorkloadGroup'];

/** A name that is none of a group of Istio's: most likely a slip. */
export function checkKind(object: MeshObject): readonly Finding[] {
  const { apiVersion, kind } = object;
  const group = apiVersion.slice(0, apiVersion.lastIndexOf('/'));
  const kinds = Object.keys(served).filter((name) => served[name]?.group === group);
  if (kinds.length === 0 || Object.hasOwn(served, kind) || unchecked.includes(kind)) return [];
  const message = `${group} has no kind "${kind}".`;
  const next = `Write one of ${kinds.join(', ')}.`;
  return [schemaFinding('UNKNOWN_KIND', { object, path: 'kind', message, next })];
}

export function checkApiVersion(object: MeshObject, minor: number | undefined): readonly Finding[] {
  const { group, versions } = served[object.kind] ?? networking;
  const first = Object.entries(versions).find(([name]) => object.apiVersion === `${group}/${name}`);
  if (first !== undefined && (minor === undefined || first[1] <= minor)) return [];
  const usable = Object.keys(versions)
    .filter((name) => minor === undefined || (versions[name] ?? 0) <= minor)
    .map((name) => `${group}/${name}`);
  const where = minor === undefined ? 'Istio' : `Istio 1.${minor}`;
  const message = `${where} serves no ${object.kind} in "${object.apiVersion}".`;
  const next = `Write ${usable.join(' or ')}.`;
  return [schemaFinding('UNKNOWN_API_VERSION', { object, path: 'apiVersion', message, next })];
}
