import { hookPoints } from '@spillway/domain-release';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { nameText, positiveDurationText } from '../schema/scalars.js';

export const hookPoint = z
  .enum(hookPoints)
  .describe('When it is called; the names are those of Flagger’s webhooks.');

export const hookDocument = document({
  name: nameText.describe('Unique in the strategy.'),
  point: hookPoint,
  url: z
    .string()
    .max(2_048)
    .regex(/^https?:\/\/[^\s]+$/i, { error: 'must be an address with http or https' })
    .describe('Where it is. An address that is not public has to be allowed by the server.'),
  timeout: positiveDurationText.default('10s').describe('For one attempt, at most 1m.'),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'Attempts after the first, where nobody answers or the answer is 429 or 5xx but 501.',
    ),
  interval: positiveDurationText
    .default('10s')
    .describe('Between two calls while it is asked again and again; 1s to 1h.'),
  failureLimit: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .describe('Rolls back when more calls of pre-rollout or rollout than this have failed.'),
  metadata: z
    .record(z.string().min(1).max(100), z.string().max(8_192))
    .default({})
    .describe('Sent with each call as it is.'),
  secret: nameText
    .optional()
    .describe('Name of the secret that calls are signed with, as Standard Webhooks say.'),
}).describe('An address outside that is asked, or told, what a release does.');

export type ParsedHook = z.output<typeof hookDocument>;
