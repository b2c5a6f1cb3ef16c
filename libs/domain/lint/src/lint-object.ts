import type { MeshObject, RegexEngine } from '@spillway/domain-istio';
import type { Finding } from './finding.js';
import { destinationRule } from './object/destination-rule/index.js';
import { gateway } from './object/gateway/index.js';
import type { Check } from './object/rule.js';
import { serviceEntry, workloadEntry } from './object/service-entry/index.js';
import { metadata as annotations } from './object/shared/metadata.js';
import { sidecar } from './object/sidecar/index.js';
import { Spot } from './object/spot.js';
import { telemetry } from './object/telemetry/index.js';
import { virtualService } from './object/virtual-service/index.js';
import type { IstioRelease } from './schema/lint-schema.js';

const byKind = new Map<string, Check>([
  ['VirtualService', virtualService],
  ['DestinationRule', destinationRule],
  ['ServiceEntry', serviceEntry],
  ['WorkloadEntry', workloadEntry],
  ['Gateway', gateway],
  ['Sidecar', sidecar],
  ['Telemetry', telemetry],
]);

/** Kinds of other makers, such as the Gateway of the Gateway API, have rules of their own. */
const istioGroup = /^(?:networking|telemetry)\.istio\.io\//;

/** The version that the rules were read from; it is assumed where none is named. */
const assumedMinor = 30;

export interface LintObjectOptions {
  readonly regex: RegexEngine;
  readonly istio?: IstioRelease | undefined;
}

/**
 * What istiod would refuse, ignore or misread in an object, as far as the object
 * alone tells. Objects may hold anything; fields of a wrong type are passed over,
 * for they are found when the object is compared with its schema.
 *
 * @example lintObject(virtualService, { regex: re2 }).filter(({ severity }) => severity === 'error')
 */
export function lintObject(
  object: MeshObject,
  { regex, istio }: LintObjectOptions,
): readonly Finding[] {
  const check = istioGroup.test(object.apiVersion) ? byKind.get(object.kind) : undefined;
  if (check === undefined) return [];
  const spec = new Spot(object.spec, 'spec');
  const { name, namespace } = named(object);
  const scope = { object, namespace, spec, regex, minor: istio?.minor ?? assumedMinor };
  const of = { kind: object.kind, namespace, name };
  return [...annotations(object), ...check(spec, scope)].map(({ code, ...remark }) => ({
    code,
    ...remark,
    object: of,
  }));
}

/** A file may leave out what the type promises. */
function named({ metadata }: MeshObject): { readonly name: string; readonly namespace: string } {
  const of = new Spot(metadata, 'metadata');
  return { name: of.at('name').text, namespace: of.at('namespace').text };
}
