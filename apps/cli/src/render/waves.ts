import type { Strategy } from '@spillway/sdk';

type Wave = Strategy['waves'][number];
type Override = Strategy['overrides'][number];
type Limits = NonNullable<Strategy['limits']>;

export const waveWords = (wave: Wave): string =>
  [
    'rest' in wave ? 'every cluster that is left' : choiceWords(wave),
    ...(wave.atOnce === undefined ? [] : [`${wave.atOnce} at once`]),
    ...(wave.atOncePercent === undefined ? [] : [`${wave.atOncePercent} % of them at once`]),
    ...(wave.pace === undefined ? [] : [`pace ${wave.pace}`]),
    ...(wave.bakeAfter === undefined ? [] : [`then bakes for ${wave.bakeAfter}`]),
  ].join(', ');

export const overrideWords = (override: Override): string =>
  [
    choiceWords(override),
    ...(override.pace === undefined ? [] : [`pace ${override.pace}`]),
    ...(override.bounds ?? []).map(({ metric, min, max }) =>
      [
        metric,
        ...(min === undefined ? [] : [`at least ${min}`]),
        ...(max === undefined ? [] : [`at most ${max}`]),
      ].join(' '),
    ),
  ].join(', ');

/** `2 clusters, or 10 % of them`. */
export const unreachableWords = ({
  maxUnavailableClusters: count,
  maxUnavailablePercent: percent,
}: Strategy): string => {
  const clusters = `${count} ${count === 1 ? 'cluster' : 'clusters'}`;
  return percent === undefined ? clusters : `${clusters}, or ${percent} % of them`;
};

export const limitWords = ({ clustersPercent, trafficPercent }: Limits): string =>
  [
    ...(clustersPercent === undefined ? [] : [`${clustersPercent} % of the clusters`]),
    ...(trafficPercent === undefined ? [] : [`${trafficPercent} % of all traffic`]),
  ].join(', ');

function choiceWords(
  choice: { readonly clusters: readonly string[] } | { readonly labels: object },
): string {
  if ('clusters' in choice) return choice.clusters.join(', ');
  const labels = Object.entries(choice.labels).map(([key, value]) => `${key}=${String(value)}`);
  return `clusters with ${labels.join(', ')}`;
}
