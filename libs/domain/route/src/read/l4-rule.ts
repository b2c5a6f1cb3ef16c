import { fieldsOf, listOf } from '@spillway/domain-istio';
import { readClientMatch } from './client-match.js';
import type { ClientMatch } from './client-match.js';
import { readDestinations } from './destination.js';
import type { WeightedDestination } from './destination.js';
import type { ReadContext } from './http-rule.js';
import { textsOf } from './value.js';

export interface L4Match {
  readonly client: ClientMatch;
  readonly sniHosts: readonly string[];
  readonly destinationSubnets: readonly string[];
}

/** One entry of `spec.tcp` or `spec.tls`. */
export interface L4Rule {
  readonly kind: 'tcp' | 'tls';
  readonly index: number;
  readonly match: readonly L4Match[];
  readonly route: readonly WeightedDestination[];
}

export const readL4Rules = (
  kind: L4Rule['kind'],
  value: unknown,
  { namespace, resolve }: ReadContext,
): readonly L4Rule[] =>
  listOf(value).map((item, index) => {
    const { match, route } = fieldsOf(item) as Record<string, unknown>;
    return {
      kind,
      index,
      match: listOf(match).map((block) => {
        const fields = fieldsOf(block);
        return {
          client: readClientMatch(fields, namespace),
          sniHosts: textsOf(fields['sniHosts']),
          destinationSubnets: textsOf(fields['destinationSubnets']),
        };
      }),
      route: readDestinations(route, resolve),
    };
  });
