import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';
import { audienceOf, type Audience } from './export-to.js';
import { fullHost } from './host.js';
import { labelsOf, type Labels } from './labels.js';

export interface Subset {
  readonly spot: Spot;
  readonly name: string;
  readonly labels: Labels;
}

export interface DestinationRule {
  readonly object: MeshObject;
  readonly spec: Spot;
  readonly namespace: string;
  readonly audience: Audience;
  readonly host: string;
  readonly subsets: readonly Subset[];
  readonly hasPolicy: boolean;
  /** It is for some clients of its namespace only, and does not compete with others. */
  readonly isForSomeClients: boolean;
}

export function readDestinationRule(object: MeshObject, domain: string): DestinationRule {
  const { namespace } = object.metadata;
  const spec = new Spot(object.spec, 'spec');
  const isForSomeClients = spec.at('workloadSelector').isSet;
  return {
    object,
    spec,
    namespace,
    audience: isForSomeClients ? new Set([namespace]) : audienceOf(object),
    host: fullHost(spec.at('host').text, namespace, domain),
    subsets: spec
      .at('subsets')
      .items()
      .map((spot) => ({ spot, name: spot.at('name').text, labels: labelsOf(spot.at('labels')) })),
    hasPolicy: spec.at('trafficPolicy').isSet,
    isForSomeClients,
  };
}
