import type { KubeObject } from '../src/index.js';

const ours = 'spillway.dev/';

/** What a VirtualService says of the service that is released. */
export interface Routing {
  /** Absent: nothing of Spillway is in it. */
  readonly release?: string;
  readonly generation?: number;
  /** Of all requests that the last route takes, in basis points, by subset. */
  readonly shares: ReadonlyMap<string, number>;
  readonly sumOfWeights: number;
}

interface Destination {
  readonly destination: { readonly subset?: string };
  readonly weight?: number;
}

interface Route {
  readonly name?: string;
  readonly route?: readonly Destination[];
}

export const routesOf = (object: KubeObject): readonly Route[] =>
  (object['spec'] as { http?: readonly Route[] }).http ?? [];

export function routingOf(object: KubeObject): Routing {
  const { annotations = {} } = object.metadata;
  const destinations = routesOf(object).at(-1)?.route ?? [];
  const weightOf = ({ weight }: Destination): number =>
    destinations.length === 1 ? 100 : (weight ?? 0);
  const sumOfWeights = destinations.reduce((sum, one) => sum + weightOf(one), 0);
  const shares = new Map<string, number>();
  for (const one of destinations) {
    const subset = one.destination.subset ?? '';
    const share = (weightOf(one) / sumOfWeights) * 10_000;
    shares.set(subset, Math.round((shares.get(subset) ?? 0) + share));
  }
  const release = annotations[`${ours}release`];
  const generation = annotations[`${ours}generation`];
  return {
    ...(release === undefined ? {} : { release }),
    ...(generation === undefined ? {} : { generation: Number(generation) }),
    shares,
    sumOfWeights,
  };
}

export const subsetsOf = (rule: KubeObject | undefined): readonly string[] => {
  const { subsets = [] } = (rule?.['spec'] ?? {}) as { subsets?: readonly { name: string }[] };
  return subsets.map(({ name }) => name);
};

/** All that people wrote: everything but the destinations of the route that was adopted, and what is marked as ours. */
export function foreignPart(object: KubeObject): string {
  const { labels, annotations = {} } = object.metadata;
  const theirs = Object.entries(annotations).filter(([key]) => !key.startsWith(ours));
  const http = routesOf(object).map((route) => {
    const { route: destinations, ...rest } = route;
    return route.name === 'all' ? rest : { ...rest, route: destinations };
  });
  return sorted({
    labels,
    annotations: Object.fromEntries(theirs),
    spec: { ...(object['spec'] as object), http },
  });
}

/** JSON whose keys are in order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
