import type { Rollout } from '@spillway/domain-release';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

/** Each is the proof of something more than the one before it. */
const levels = ['pending', 'readBack', 'distributed', 'observed'] as const;

export const verifiedView = z
  .object({
    level: z
      .enum(levels)
      .describe(
        'The most that is proven of this generation: its API server read it back, its proxies have it, counted requests are split so.',
      ),
    at: moment.optional().describe('Since when; absent while pending.'),
    proxies: z.int().optional().describe('How many proxies have it, where they were asked.'),
    observed: z.string().optional().describe('What was counted, where it fits.'),
    delayed: z
      .string()
      .optional()
      .describe('Which proxies are long in getting it, or why nobody can say.'),
  })
  .describe('How far it is known that the generation is in force.');

type VerifiedView = z.output<typeof verifiedView>;

export function toVerifiedView(rollout: Rollout): VerifiedView {
  const { distributed, observed, delayed } = rollout;
  return {
    ...highest(rollout),
    ...(distributed === undefined ? {} : { proxies: distributed.proxies }),
    ...(observed === undefined ? {} : { observed: observed.detail }),
    ...(delayed === undefined ? {} : { delayed }),
  };
}

function highest({
  desired,
  applied,
  distributed,
  observed,
}: Rollout): Pick<VerifiedView, 'level' | 'at'> {
  if (observed !== undefined) return { level: 'observed', at: toMoment(observed.at) };
  if (distributed !== undefined) return { level: 'distributed', at: toMoment(distributed.at) };
  if (applied?.generation === desired.generation)
    return { level: 'readBack', at: toMoment(applied.at) };
  return { level: 'pending' };
}
