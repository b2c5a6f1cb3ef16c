import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { ObjectName } from '../mesh.js';
import { readDestination, readDestinations } from './destination.js';
import type { Destination, ResolveHost, WeightedDestination } from './destination.js';
import { readHeaders } from './headers.js';
import type { HeaderOperations } from './headers.js';
import { readHttpMatch } from './http-match.js';
import type { HttpMatch } from './http-match.js';
import { defined, givenFields, numberOf, textOf } from './value.js';
import type { Fields } from './value.js';

export interface MirrorRule {
  readonly destination: Destination;
  /** Percent; everything when left out. */
  readonly percentage?: number;
}

/** One entry of `spec.http`. */
export interface HttpRule {
  readonly name: string;
  /** Position in the VirtualService that has the hosts. */
  readonly index: number;
  /** Where the rule comes from when that VirtualService only delegates. */
  readonly delegated?: ObjectName & { readonly ruleIndex: number };
  readonly match: readonly HttpMatch[];
  readonly route: readonly WeightedDestination[];
  readonly delegate?: ObjectName;
  readonly redirect?: Fields;
  readonly directResponse?: Fields;
  readonly rewrite?: Fields;
  readonly timeout?: string;
  readonly retries?: Fields;
  readonly fault?: Fields;
  readonly mirror?: Destination;
  readonly mirrorPercentage?: number;
  readonly mirrors?: readonly MirrorRule[];
  readonly headers?: HeaderOperations;
}

export interface ReadContext {
  readonly namespace: string;
  readonly resolve: ResolveHost;
}

export function readHttpRule(value: unknown, index: number, context: ReadContext): HttpRule {
  const rule = fieldsOf(value);
  const headers = givenFields(rule['headers']);
  return defined<HttpRule>({
    name: textOf(rule['name']) ?? '',
    index,
    delegated: undefined,
    match: listOf(rule['match']).map((block) => readHttpMatch(block, context.namespace)),
    route: readDestinations(rule['route'], context.resolve),
    delegate: readDelegate(rule['delegate'], context.namespace),
    redirect: givenFields(rule['redirect']),
    directResponse: givenFields(rule['directResponse']),
    rewrite: givenFields(rule['rewrite']),
    timeout: textOf(rule['timeout']),
    retries: givenFields(rule['retries']),
    fault: givenFields(rule['fault']),
    headers: headers && readHeaders(headers),
    ...readMirrors(rule, context.resolve),
  });
}

function readDelegate(value: unknown, namespace: string): ObjectName | undefined {
  const delegate = givenFields(value);
  if (delegate === undefined) return undefined;
  return {
    namespace: textOf(delegate['namespace']) ?? namespace,
    name: textOf(delegate['name']) ?? '',
  };
}

/** `mirrorPercent` is the older spelling; `mirrorPercentage` wins where both are written. */
const readMirrors = (rule: Fields, resolve: ResolveHost) => ({
  mirror: givenFields(rule['mirror']) && readDestination(rule['mirror'], resolve),
  mirrorPercentage: percentOf(rule['mirrorPercentage']) ?? numberOf(rule['mirrorPercent']),
  mirrors: Array.isArray(rule['mirrors'])
    ? listOf(rule['mirrors']).map((item) => readMirror(fieldsOf(item), resolve))
    : undefined,
});

const readMirror = ({ destination, percentage }: Fields, resolve: ResolveHost): MirrorRule =>
  defined<MirrorRule>({
    destination: readDestination(destination, resolve),
    percentage: percentOf(percentage),
  });

/** A percentage that is written without a value is 0, as in every protobuf message. */
export function percentOf(value: unknown): number | undefined {
  const percentage = givenFields(value);
  return percentage && (numberOf(percentage['value']) ?? 0);
}
