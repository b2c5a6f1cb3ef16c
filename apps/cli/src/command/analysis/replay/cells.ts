import { z } from 'zod';

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** A number as people and spreadsheets write it, without separators. */
export const number = z
  .string()
  .refine((text) => decimal.test(text), { error: 'must be a number' })
  .transform(Number);

const emptyIs = <Other>(type: z.ZodType<number | Other, string>) =>
  z.union([z.literal('').transform(() => undefined), type], { error: 'must be a number' });

/** Empty where it is not known. */
export const optionalNumber = emptyIs(number).optional();

/** Empty: no answer. `NaN`: one that is no number. */
export const gauge = z.union(
  [
    z.literal('').transform(() => undefined),
    z.enum(['NaN', 'nan', 'null']).transform(() => null),
    number,
  ],
  { error: 'must be a number, NaN or empty' },
);
