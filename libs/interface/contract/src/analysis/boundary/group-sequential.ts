import {
  crossingProbabilities,
  defaultGroupSequentialSettings as defaults,
  driftFor,
  sequentialBounds,
  spentUpTo,
  type StoppingRule,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../../schema/document.js';
import { sides, spending } from '../group-sequential.js';
import { anyNumber, insideShare, positive } from '../numbers.js';
import { namedFunction } from './named-function.js';

const fractions = z
  .array(positive)
  .min(1)
  .refine((all) => all.every((one, i) => one > (all[i - 1] ?? 0)), { error: 'must ascend' })
  .describe('Information at each look, as a share of the plan; ascending.');

const plan = {
  alpha: insideShare.default(0.025),
  spending: spending.default(defaults.spending),
  rho: positive.default(defaults.rho).describe('Exponent of power spending.'),
};

const rule = {
  fractions,
  upper: z.array(anyNumber).describe('Stop when z reaches these; one for each look.'),
  lower: z.array(anyNumber).exactOptional().describe('Stop when z falls to these.'),
};

const isComplete = ({ fractions: all, upper, lower }: StoppingRule): boolean =>
  upper.length === all.length && (lower === undefined || lower.length === all.length);

const complete = { error: 'must have one bound for each fraction', path: ['upper'] };

/** Lan–DeMets. */
export const groupSequentialFunctions = {
  sequentialBounds: namedFunction(
    'Bounds for z at any information fractions',
    document({
      ...plan,
      fractions,
      sides: sides.default(defaults.sides),
      last: z.boolean().default(false).describe('The last look spends what is left of alpha.'),
    }),
    ({ fractions: at, last, ...design }) => {
      const bounds = sequentialBounds(at, design, { last });
      return {
        z: bounds.map(({ bound }) => bound),
        adjustedAlpha: bounds.map(({ adjustedAlpha }) => adjustedAlpha),
        spentAlpha: bounds.map(({ spentAlpha }) => spentAlpha),
        bounds: bounds.map((bound) => ({ ...bound })),
      };
    },
  ),
  spending: namedFunction(
    'α spent on one side up to an information fraction',
    document({ ...plan, fraction: positive }),
    ({ fraction, alpha, ...how }) => ({ spentAlpha: spentUpTo(fraction, alpha, how) }),
  ),
  crossingProbabilities: namedFunction(
    'How likely the looks of a rule stop, under a drift: power and expected looks',
    document({ ...rule, drift: anyNumber.default(0) }).refine(isComplete, complete),
    ({ drift, ...given }) => ({ ...crossingProbabilities(given, drift) }),
  ),
  driftFor: namedFunction(
    'The drift at which the upper bound is crossed with a given power',
    document({ ...rule, power: insideShare.default(0.9) }).refine(isComplete, complete),
    ({ power, ...given }) => ({ drift: driftFor(power, given) }),
  ),
};
