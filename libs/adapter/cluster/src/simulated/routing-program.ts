import { claimsOf, fieldsOf, listOf, type LiveObject } from '@spillway/domain-istio';

/** Where a share of a host's requests goes: to the pods with these labels, or nowhere for want of a subset. */
export interface ProgrammedDestination {
  readonly weight: number;
  readonly labels: Readonly<Record<string, string>> | undefined;
}

/** What proxies do with requests to one host. Without a destination they answer 404. */
export type RoutingProgram = readonly ProgrammedDestination[];

const everyPod: RoutingProgram = [{ weight: 1, labels: {} }];

/**
 * What istiod would send to the proxies for a host, as in istio §3: of several
 * VirtualServices the oldest wins, the first route without a match decides, and
 * DestinationRules add up, the oldest subset of a name winning. `undefined`
 * when proxies would reject it (all weights 0) and keep what they have.
 *
 * `objects` are in the order of their creation.
 */
export function routingProgram(
  host: string,
  objects: readonly LiveObject[],
): RoutingProgram | undefined {
  const about = objects.filter((object) => claimsOf(object).some((claim) => claim.host === host));
  const virtualService = about.find(({ kind }) => kind === 'VirtualService');
  if (virtualService === undefined) return everyPod;
  const route = listOf(fieldsOf(virtualService.spec)['http'])
    .map(fieldsOf)
    .find(({ match }) => listOf(match).length === 0);
  const destinations = listOf(route?.['route']).map(fieldsOf);
  const only = destinations.length === 1;
  const subsets = subsetLabels(about);
  const program = destinations.map(({ destination, weight }) => ({
    weight: only ? 1 : Number(weight ?? 0),
    labels: labelsOf(fieldsOf(destination)['subset'], subsets),
  }));
  const isRejected = program.length > 0 && program.every(({ weight }) => weight === 0);
  return isRejected ? undefined : program;
}

type SubsetLabels = ReadonlyMap<string, Readonly<Record<string, string>>>;

const labelsOf = (
  subset: unknown,
  subsets: SubsetLabels,
): Readonly<Record<string, string>> | undefined =>
  typeof subset === 'string' && subset !== '' ? subsets.get(subset) : {};

function subsetLabels(objects: readonly LiveObject[]): SubsetLabels {
  const found = new Map<string, Readonly<Record<string, string>>>();
  const rules = objects.filter(({ kind }) => kind === 'DestinationRule');
  for (const subset of rules.flatMap(({ spec }) => listOf(fieldsOf(spec)['subsets']))) {
    const { name, labels } = fieldsOf(subset);
    if (typeof name !== 'string' || found.has(name)) continue;
    found.set(name, fieldsOf(labels) as Readonly<Record<string, string>>);
  }
  return found;
}
