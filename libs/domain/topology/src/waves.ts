import { ok, refusal, refuse, type ClusterName, type Refusal, type Result } from '@spillway/kernel';
import { selects, type Cluster, type ClusterSelector } from './cluster.js';
import { portionOf, type Portion } from './portion.js';

/** Clusters that take a step together. */
export type Wave = readonly ClusterName[];

/** Clusters for one wave, or for several of at most `atOnce` clusters each, one after the other. */
export type WaveSelector = ClusterSelector & { readonly atOnce?: Portion };

/** A wave, and the index of the selector that it came of. */
export interface PlannedWave {
  readonly clusters: Wave;
  readonly of: number;
}

/**
 * Puts every cluster of a service into exactly one wave, in the order of the
 * selectors. A cluster that two selectors match goes with the earlier wave.
 *
 * Refuses with `UNKNOWN_CLUSTER` when a selector names a cluster that the
 * service is not in, and with `NO_CLUSTER_SELECTED` when a wave is empty or a
 * cluster is in none: a forgotten cluster would keep the old version silently.
 */
export function planWaves(
  clusters: readonly Cluster[],
  selectors: readonly WaveSelector[],
): Result<readonly PlannedWave[], Refusal> {
  const unknown = firstUnknown(clusters, selectors);
  if (unknown !== undefined) return refuse(unknown);

  const selected: Wave[] = [];
  let left = [...clusters].sort(byName);
  for (const selector of selectors) {
    selected.push(left.filter((cluster) => selects(selector, cluster)).map(({ name }) => name));
    left = left.filter((cluster) => !selects(selector, cluster));
  }
  const empty = selected.findIndex((wave) => wave.length === 0);
  if (empty !== -1) return refuse(emptyWave(empty));
  if (left.length > 0) return refuse(forgotten(left));
  return ok(selected.flatMap((wave, of) => inTurns(wave, selectors[of]?.atOnce, of)));
}

/** By name, as many at once as may be; one in any case. */
function inTurns(wave: Wave, atOnce: Portion | undefined, of: number): readonly PlannedWave[] {
  if (atOnce === undefined) return [{ clusters: wave, of }];
  const size = Math.max(1, portionOf(atOnce, wave.length));
  const turns = Math.ceil(wave.length / size);
  return Array.from({ length: turns }, (_, turn) => ({
    clusters: wave.slice(turn * size, (turn + 1) * size),
    of,
  }));
}

/** By code unit, as the stores sort: an order that depends on no process's language. */
const byName = (a: Cluster, b: Cluster): number => (a.name < b.name ? -1 : 1);

function firstUnknown(
  clusters: readonly Cluster[],
  selectors: readonly ClusterSelector[],
): Refusal | undefined {
  const known = new Set(clusters.map(({ name }) => name));
  for (const [index, selector] of selectors.entries()) {
    if (selector.kind !== 'names') continue;
    const missing = selector.names.find((name) => !known.has(name));
    if (missing !== undefined) return unknownCluster(missing, known, index);
  }
  return undefined;
}

const unknownCluster = (
  name: ClusterName,
  known: ReadonlySet<ClusterName>,
  wave: number,
): Refusal =>
  refusal(
    'UNKNOWN_CLUSTER',
    `The strategy names cluster "${name}", which the service is not in.`,
    `Name one of ${[...known].join(', ') || '(none)'}, or add the cluster to the service.`,
    `waves[${wave}]`,
  );

const emptyWave = (index: number): Refusal =>
  refusal(
    'NO_CLUSTER_SELECTED',
    `Wave ${index + 1} selects no cluster.`,
    'Change its names or labels, or remove the wave.',
    `waves[${index}]`,
  );

const forgotten = (left: readonly Cluster[]): Refusal =>
  refusal(
    'NO_CLUSTER_SELECTED',
    `No wave takes ${left.map(({ name }) => name).join(', ')}.`,
    'End the waves with one that takes the rest.',
    'waves',
  );
