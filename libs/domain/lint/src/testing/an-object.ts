import type { MeshObject } from '@spillway/domain-istio';

const groups: Readonly<Record<string, string>> = {
  Telemetry: 'telemetry.istio.io/v1',
  Service: 'v1',
  Pod: 'v1',
  Namespace: 'v1',
  Deployment: 'apps/v1',
};

/** `anObject('VirtualService', 'shop/catalog', {…})`. */
export function anObject(
  kind: string,
  place: string,
  spec: unknown,
  metadata: Partial<MeshObject['metadata']> & { readonly apiVersion?: string } = {},
): MeshObject {
  const [namespace = '', name = ''] = place.split('/');
  const { apiVersion = groups[kind] ?? 'networking.istio.io/v1', ...rest } = metadata;
  return { apiVersion, kind, metadata: { name, namespace, ...rest }, spec };
}

/** `CODE Kind/name path`, which is all that most tests are about. */
export const brief = (
  findings: readonly {
    readonly code: string;
    readonly object: { readonly kind: string; readonly name: string };
    readonly path: string;
  }[],
): readonly string[] =>
  findings.map(({ code, object, path }) => `${code} ${object.kind}/${object.name} ${path}`.trim());
