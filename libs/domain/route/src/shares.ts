import { clusterOf } from './cluster.js';
import type { ClusterContext } from './cluster.js';
import type { DestinationShare } from './explanation.js';
import type { WeightedDestination } from './read/destination.js';

/** The weight of `weight` and its total, or why a proxy would refuse the route. */
export type Shares =
  | { readonly ok: true; readonly destinations: readonly DestinationShare[] }
  | { readonly ok: false; readonly because: string };

/** Weights are unsigned 32-bit numbers to Envoy, and so is their sum. */
const highestTotal = 2 ** 32 - 1;

/**
 * One destination takes everything, whatever its weight. Of several, those
 * without weight are left out, and each of the others gets its part of the sum,
 * which need not be 100.
 */
export function sharesOf(route: readonly WeightedDestination[], context: ClusterContext): Shares {
  const [only, ...others] = route;
  if (only === undefined) return { ok: false, because: 'it has no destination' };
  if (others.length === 0) return { ok: true, destinations: [share(only, 1, context)] };
  const weighted = route.filter(({ weight }) => weight !== 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { ok: false, because: 'the weights of its destinations are all 0' };
  if (weighted.some(({ weight }) => weight < 0) || total > highestTotal) {
    return { ok: false, because: 'a weight is below 0 or the weights are too large' };
  }
  return {
    ok: true,
    destinations: weighted.map((item) => share(item, item.weight / total, context)),
  };
}

const share = (
  { destination, headers }: WeightedDestination,
  probability: number,
  context: ClusterContext,
): DestinationShare => ({
  ...clusterOf(destination, context),
  probability,
  requestHeaders: headers.request,
  responseHeaders: headers.response,
  ...(headers.authority === undefined ? {} : { authority: headers.authority }),
});
