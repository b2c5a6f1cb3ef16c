import type { GroupSequentialEvidence, LookEvidence } from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { number } from './figures.js';

const optional = number.exactOptional();

const look = z
  .object({
    look: z.int().describe('Counted from 1.'),
    fraction: optional.describe('Share of the planned information.'),
    z: optional,
    p: optional.describe('Of this look alone, of as many sides as the test has.'),
    estimate: optional.describe('Candidate less stable.'),
    standardError: optional,
    lower: optional.describe('Of the difference; holds for all looks together.'),
    upper: optional,
    bound: optional.describe('For z in the harmful direction, or for |z|.'),
    adjustedAlpha: optional.describe('The p that is just small enough at this look.'),
    spentAlpha: optional.describe('By this look and all before.'),
    capped: z.boolean().exactOptional().describe('The bound would be beyond 8.'),
    crossed: z.enum(['harmful', 'harmless']).exactOptional(),
    untested: z
      .enum(['unknownFraction', 'nothingNew', 'noStatistic', 'afterTheEnd'])
      .exactOptional()
      .describe('Why it was not tested.'),
  } satisfies Fields<LookEvidence>)
  .meta({ id: 'SequentialLookEvidence', description: 'One look.' });

export const groupSequentialEvidence = z.object({
  alpha: number,
  sides: z.union([z.literal(1), z.literal(2)]),
  spending: z.enum(['obrienFleming', 'pocock', 'power']),
  rho: optional.describe('With power spending.'),
  direction: z.enum(['increase', 'decrease', 'either']),
  maxLooks: optional,
  plannedInformation: optional,
  looks: z.array(look),
  spentAlpha: number.describe('So far.'),
  fraction: number.describe('Of the planned information at the last tested look.'),
  overrun: optional.describe('Information beyond the plan.'),
  stoppedAt: z.int().exactOptional().describe('The first look that crossed harmfully. It stays.'),
  isOver: z.boolean(),
} satisfies Fields<GroupSequentialEvidence>);
