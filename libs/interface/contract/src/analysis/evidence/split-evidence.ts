import type { SplitArm, SplitEvidence, SplitLookEvidence } from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { count, crossing, eProcess, number } from './figures.js';

const arm = z
  .object({
    name: z.string().exactOptional(),
    requests: count,
    share: number.describe('As programmed, 0 to 1.'),
    expected: number.describe('Requests that the share gives, of all.'),
    observedShare: number.exactOptional().describe('Absent without requests.'),
    lower: number
      .exactOptional()
      .describe('Of the observed share, by a confidence sequence with 1 − alpha.'),
    upper: number.exactOptional().describe('The other end of it.'),
  } satisfies Fields<SplitArm>)
  .meta({ id: 'SplitArm', description: 'One version.' });

const look = z
  .object({ counts: z.array(number), logE: number } satisfies Fields<SplitLookEvidence>)
  .meta({ id: 'SplitLookEvidence', description: 'Running totals at a look.' });

export const splitEvidence = z.object({
  cluster: z.string().exactOptional(),
  requests: count,
  arms: z.array(arm),
  concentration: z.array(number),
  tolerance: number,
  ...eProcess,
  crossing: crossing.exactOptional(),
  looks: z.array(look),
} satisfies Fields<SplitEvidence>);
