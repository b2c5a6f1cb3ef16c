import { triggerStatuses, type Trigger } from '@spillway/domain-rule';
import { document } from '@spillway/interface-contract';
import { z } from 'zod';
import { known } from '../body/fact.js';

const text = z
  .string()
  .regex(/^[^\p{Cc}\p{Surrogate}]{1,500}$/u, { error: 'must be 1 to 500 characters of one line' });

/** Spillway’s own words for what was deployed. A field that nobody reads is refused, as in every document. */
export const deployedDocument = document({
  id: text.optional(),
  event: text.default('deployed'),
  status: z.enum(triggerStatuses).default('success'),
  repository: text.optional(),
  environment: text.optional(),
  image: text.optional(),
  branch: text.optional(),
  tag: text.optional(),
  sha: text.optional(),
  service: text.optional(),
  version: text.optional(),
});

/** Without its id, which is no fact. */
export const toTrigger = (deployed: z.output<typeof deployedDocument>): Trigger =>
  known({ ...deployed, id: undefined });
