import type { ClusterOverride, WaveTemplate } from '@spillway/domain-release';
import { formatDuration } from '@spillway/kernel';
import type { ParsedStrategy } from './strategy-document.js';

type WaveDocument = ParsedStrategy['waves'][number];
type OverrideDocument = ParsedStrategy['overrides'][number];

export function toWaveDocument(wave: WaveTemplate): WaveDocument {
  const { pace, bakeAfter } = wave;
  const times = {
    ...(pace === undefined ? {} : { pace }),
    ...toAtOnce(wave),
    ...(bakeAfter === undefined ? {} : { bakeAfter: formatDuration(bakeAfter) }),
  };
  return wave.kind === 'rest' ? { rest: true, ...times } : { ...toChoice(wave), ...times };
}

function toAtOnce({ atOnce }: WaveTemplate) {
  if (atOnce === undefined) return {};
  return typeof atOnce === 'number' ? { atOnce } : { atOncePercent: atOnce.share / 100 };
}

export function toOverrideDocument(override: ClusterOverride): OverrideDocument {
  const { pace, bounds } = override;
  return {
    ...toChoice(override),
    ...(pace === undefined ? {} : { pace }),
    ...(bounds === undefined ? {} : { bounds: bounds.map((one) => ({ ...one })) }),
  };
}

type Choice = Exclude<WaveTemplate, { kind: 'rest' }> | ClusterOverride;

const toChoice = (choice: Choice) =>
  choice.kind === 'labels' ? { labels: { ...choice.labels } } : { clusters: [...choice.names] };
