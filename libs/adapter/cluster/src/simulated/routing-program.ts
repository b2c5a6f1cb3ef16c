import {
  claims,
  fieldsOf,
  hostKey,
  listOf,
  type LiveObject,
  type MeshService,
} from '@spillway/domain-istio';
import { ownHostKey, routesFor, type Fields, type Route } from './routes-for.js';

/** Where requests or copies go. */
export interface ProgrammedDestination {
  /** The same for every way to write it. */
  readonly host: string;
  /** Of the pods; absent for want of a subset, so that nobody answers. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ProgrammedRoute {
  readonly split: readonly { readonly to: ProgrammedDestination; readonly weight: number }[];
  /** Copies whose answers nobody sees; shares from 0 to 1. */
  readonly mirrors: readonly { readonly to: ProgrammedDestination; readonly share: number }[];
}

/** What proxies do with requests to one service. Without a route they answer 404. */
export interface RoutingProgram {
  readonly everybody?: ProgrammedRoute;
  /** For the requests of those whom a route in front of everybody's is for. */
  readonly cohort?: ProgrammedRoute;
}

/**
 * What istiod would send to the proxies for a service, as in istio §3: of several
 * VirtualServices the oldest wins, a delegate is reached through its root, and
 * DestinationRules add up, the oldest subset of a name winning. `undefined`
 * when proxies would reject it (all weights 0) and keep what they have.
 *
 * `objects` are in the order of their creation.
 */
export function routingProgram(
  service: MeshService,
  objects: readonly LiveObject[],
): RoutingProgram | undefined {
  const found = routesFor(service, objects);
  const host = ownHostKey(service, service.host);
  if (found === undefined) {
    return { everybody: { split: [{ to: { host, labels: {} }, weight: 1 }], mirrors: [] } };
  }
  const subsets = subsetLabels(objects.filter((object) => claims(object, service)));
  const { everybody, cohort } = found;
  const program: RoutingProgram = {
    ...(everybody && { everybody: programmed(everybody, subsets) }),
    ...(cohort && { cohort: programmed(cohort, subsets) }),
  };
  return Object.values(program).some(isRejected) ? undefined : program;
}

const isRejected = ({ split }: ProgrammedRoute): boolean =>
  split.length > 0 && split.every(({ weight }) => weight === 0);

function programmed({ fields, namespace }: Route, subsets: SubsetLabels): ProgrammedRoute {
  const entries = listOf(fields['route']).map(fieldsOf);
  const to = (destination: unknown): ProgrammedDestination => {
    const { host, subset } = fieldsOf(destination);
    const labels = typeof subset === 'string' && subset !== '' ? subsets.get(subset) : {};
    return { host: hostKey(String(host), namespace), ...(labels && { labels }) };
  };
  const only = entries.length === 1;
  return {
    split: entries.map(({ destination, weight }) => ({
      to: to(destination),
      weight: only ? 1 : Number(weight ?? 0),
    })),
    mirrors: mirrorsOf(fields).map(({ destination, percentage }) => ({
      to: to(destination),
      share: Number(fieldsOf(percentage)['value'] ?? 100) / 100,
    })),
  };
}

const mirrorsOf = ({ mirror, mirrorPercentage, mirrors }: Fields): readonly Fields[] => [
  ...(mirror === undefined ? [] : [{ destination: mirror, percentage: mirrorPercentage }]),
  ...listOf(mirrors).map(fieldsOf),
];

type SubsetLabels = ReadonlyMap<string, Readonly<Record<string, string>>>;

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
