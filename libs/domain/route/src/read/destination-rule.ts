import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import { fullHost } from '../host-match.js';
import { agedName } from './age.js';
import type { Aged } from './age.js';
import { givenFields, textMapOf, textOf, textsOf } from './value.js';

export interface DestinationRule extends Aged {
  readonly host: string;
  readonly exportTo: readonly string[];
  /** The clients that it is for; makes the rule private to its namespace. */
  readonly workloadSelector?: Readonly<Record<string, string>>;
  readonly subsets: readonly RuleSubset[];
}

export interface RuleSubset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function readDestinationRule(object: MeshObject, domain: string): DestinationRule {
  const spec = fieldsOf(object.spec);
  const selector = givenFields(spec['workloadSelector']);
  return {
    ...agedName(object),
    host: fullHost(textOf(spec['host']) ?? '', object.metadata.namespace, domain),
    exportTo: selector === undefined ? textsOf(spec['exportTo']) : ['.'],
    ...(selector === undefined ? {} : { workloadSelector: textMapOf(selector['matchLabels']) }),
    subsets: listOf(spec['subsets']).map((item) => {
      const subset = fieldsOf(item);
      return { name: textOf(subset['name']) ?? '', labels: textMapOf(subset['labels']) };
    }),
  };
}
