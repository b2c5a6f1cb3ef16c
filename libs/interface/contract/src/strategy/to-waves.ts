import type { ClusterOverride, MetricBounds, WaveTemplate } from '@spillway/domain-release';
import { clusterName } from '@spillway/kernel';
import { toDuration, toShare } from '../schema/scalars.js';
import type { ParsedStrategy } from './strategy-document.js';

type Wave = ParsedStrategy['waves'][number];
type Override = ParsedStrategy['overrides'][number];

export const toWave = (wave: Wave): WaveTemplate => ({
  ...('rest' in wave ? { kind: 'rest' } : toChoice(wave)),
  ...(wave.pace === undefined ? {} : { pace: wave.pace }),
  ...(wave.atOnce === undefined ? {} : { atOnce: wave.atOnce }),
  ...(wave.atOncePercent === undefined ? {} : { atOnce: { share: toShare(wave.atOncePercent) } }),
  ...(wave.bakeAfter === undefined ? {} : { bakeAfter: toDuration(wave.bakeAfter) }),
});

export const toOverride = (override: Override): ClusterOverride => ({
  ...toChoice(override),
  ...(override.pace === undefined ? {} : { pace: override.pace }),
  ...(override.bounds === undefined ? {} : { bounds: override.bounds.map(toBounds) }),
});

type Bounds = NonNullable<Override['bounds']>[number];

const toBounds = ({ metric, min, max }: Bounds): MetricBounds => ({
  metric,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});

type Choice =
  { readonly clusters: readonly string[] } | { readonly labels: Readonly<Record<string, string>> };

const toChoice = (choice: Choice) =>
  'labels' in choice
    ? ({ kind: 'labels', labels: choice.labels } as const)
    : ({ kind: 'names', names: choice.clusters.map(clusterName) } as const);
