import { NOTHING, refusal, type Refusal } from '@spillway/kernel';
import { firstRefusal } from './first-refusal.js';
import type { StrategyDraft } from './strategy.js';

/** What is wrong with the waves, whatever the clusters are. */
export function refuseWaves({
  waves,
  maxUnavailableClusters: max,
  limits,
}: StrategyDraft): Refusal | undefined {
  if (waves.length === 0) {
    return refusal('INVALID_STRATEGY', 'The strategy has no wave.', 'Add { rest: true }.', 'waves');
  }
  const wrong = firstRefusal(waves, ({ pace, atOnce }, i) => {
    if (atOnce !== undefined && !isAny(atOnce)) return refuseNone(i);
    return refusePace(pace, `wave ${i + 1}`, `waves[${i}].pace`);
  });
  if (wrong !== undefined) return wrong;
  if (!Number.isInteger(max) || max < 0) {
    return refusal(
      'INVALID_STRATEGY',
      `maxUnavailableClusters is ${max}.`,
      'Write a whole number from 0.',
      'maxUnavailableClusters',
    );
  }
  return limits === undefined ? undefined : refuseLimits(limits);
}

type AtOnce = NonNullable<StrategyDraft['waves'][number]['atOnce']>;

const isAny = (atOnce: AtOnce): boolean =>
  typeof atOnce === 'number' ? Number.isInteger(atOnce) && atOnce > 0 : atOnce.share > NOTHING;

const refuseNone = (wave: number): Refusal =>
  refusal(
    'INVALID_STRATEGY',
    `Wave ${wave + 1} takes no cluster at once.`,
    'Write a whole number from 1, or a share above 0.',
    `waves[${wave}].atOnce`,
  );

export const refusePace = (
  pace: number | undefined,
  of: string,
  field: string,
): Refusal | undefined =>
  pace === undefined || (Number.isFinite(pace) && pace > 0)
    ? undefined
    : refusal(
        'INVALID_STRATEGY',
        `The pace of ${of} is ${pace}.`,
        'Write how many times as long its bakes take, e.g. 2.',
        field,
      );

function refuseLimits({ clusters, traffic }: NonNullable<StrategyDraft['limits']>) {
  const all = [clusters, traffic].filter((limit) => limit !== undefined);
  if (all.length > 0 && all.every((limit) => limit > NOTHING)) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    'The limits let no step give the candidate anything, or say nothing.',
    'Write a share of the clusters or of the traffic above 0.',
    'limits',
  );
}
