import type { Explanation } from '@spillway/domain-route';
import { routeHeader } from './src/data-plane/fixed-mesh.js';
import type { ProxyRoute, Reply } from './src/data-plane/index.js';

/** What both the product and a proxy can be asked for. */
export interface Behaviour {
  readonly status: number;
  readonly route?: string;
  readonly location?: string;
  /** By cluster, each with its part of all weights. */
  readonly split?: Readonly<Record<string, number>>;
}

type Named = { readonly name: string; readonly weight: number };

export function predicted(answer: Explanation): Behaviour {
  if (answer.kind === 'status') return { status: answer.code };
  if (answer.kind === 'passthrough') {
    return { status: 200, route: 'allow_any', split: { PassthroughCluster: 1 } };
  }
  if (answer.kind === 'closed' || answer.kind === 'rejected') {
    throw new Error(`no case is ${answer.kind}: ${answer.because.join('; ')}`);
  }
  const { route } = answer;
  if (answer.kind === 'directResponse') return { status: answer.status, route };
  if (answer.kind === 'redirect') {
    return { status: answer.to.status, route, location: answer.to.uri ?? '' };
  }
  const named = answer.destinations.map(({ host, subset = '', port, probability }) => ({
    name: `outbound|${port}|${subset}|${host}`,
    weight: probability,
  }));
  return { status: 200, route, split: splitOf(named) };
}

/** The answer says which route gave it; the proxy says what else that route does. */
export function observed(
  { status, headers }: Reply,
  routes: ReadonlyMap<string, ProxyRoute>,
): Behaviour {
  const { [routeHeader]: route, location } = headers;
  if (typeof route !== 'string') return { status };
  if (typeof location === 'string') {
    return { status, route, location: new URL(location).pathname };
  }
  const clusters = routes.get(route)?.clusters ?? [];
  return clusters.length === 0 ? { status, route } : { status, route, split: splitOf(clusters) };
}

/** Rounded, because one side divides and the other has divided. */
function splitOf(clusters: readonly Named[]): Readonly<Record<string, number>> {
  const sum = clusters.reduce((total, { weight }) => total + weight, 0);
  const split: Record<string, number> = {};
  for (const { name, weight } of clusters) split[name] = (split[name] ?? 0) + weight / sum;
  return Object.fromEntries(
    Object.entries(split).map(([name, part]) => [name, Number(part.toFixed(9))]),
  );
}
