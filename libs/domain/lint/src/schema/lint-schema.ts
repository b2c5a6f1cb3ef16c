import type { MeshObject } from '@spillway/domain-istio';
import type { Finding } from '../finding.js';
import { checkApiVersion, checkKind, isIstioKind } from './api-version.js';
import { schemaFinding } from './catalogue.js';
import { checkShape } from './check-shape.js';
import { specShapes } from './generated/shapes.js';

/** Which Istio will read the object: 1.`minor`. */
export interface IstioRelease {
  readonly minor: number;
}

/**
 * What the API server of a cluster with that Istio refuses in the object, or drops
 * from it. Without `istio` every version that Spillway knows is taken for the
 * cluster's. Objects of other kinds than Istio's have no findings.
 */
export function lintSchema(
  object: MeshObject,
  { istio }: { readonly istio?: IstioRelease | undefined } = {},
): readonly Finding[] {
  if (!isIstioKind(object)) return checkKind(object);
  const minor = istio?.minor;
  // No spec is an empty one to the API server, except where something in it is required.
  const { spec = {}, kind } = object;
  return [
    ...checkApiVersion(object, minor),
    ...checkName(object),
    ...checkShape(
      { object, value: spec, path: 'spec', field: 'spec', minor },
      specShapes[kind] ?? 'any',
    ),
  ];
}

function checkName(object: MeshObject): readonly Finding[] {
  if (object.metadata.name !== '') return [];
  const message = 'The object has no name, or one that is no text.';
  return [schemaFinding('REQUIRED_FIELD', { object, path: 'metadata.name', message })];
}
