import type { TextMatch } from '@spillway/domain-traffic';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';

/** Istio's own limit for a pattern; the others have none, but nobody writes longer ones on purpose. */
const longest = 1_024;

const text = z
  .string()
  .min(1, { error: 'must not be empty; for any value at all write { present: true }' })
  .max(longest, { error: `must be at most ${longest} characters` });

export const textMatchDocument = oneOf(
  ['exact', 'prefix', 'regex', 'present'],
  [
    document({ exact: text.describe('The whole text, in this case.') }),
    document({
      prefix: z
        .string()
        .max(longest, { error: `must be at most ${longest} characters` })
        .describe('What the text begins with. Empty in uri only.'),
    }),
    document({
      regex: text.describe('RE2; must match the whole text. At most 1024 characters.'),
    }),
    document({ present: z.literal(true).describe('Any value.') }),
  ],
).meta({
  description: 'How a text is compared.',
  examples: [{ exact: 'yes' }],
}) satisfies z.ZodType<TextMatch>;
