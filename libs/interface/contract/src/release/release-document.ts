import type { StartRelease } from '@spillway/application';
import {
  ok,
  releaseId,
  serviceName,
  strategyName,
  version,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText, serviceText, versionText } from '../schema/scalars.js';
import { onBusy } from './command-documents.js';

export const releaseDocument = document({
  service: serviceText.describe('namespace/name of the service.'),
  candidate: versionText.describe('The version to release.'),
  strategy: nameText.describe('The strategy’s name; its newest version is taken.'),
  description: z.string().max(2_000).default('').describe('Why, in your words.'),
  id: z
    .uuid()
    .optional()
    .describe('Id that a plan gave: then what is written is what the plan showed.'),
  onBusy: onBusy.optional(),
}).meta({
  description: 'The intent to release a version.',
  examples: [
    {
      service: 'shop/catalog',
      candidate: 'v2',
      strategy: 'canary-10',
      description: 'Faster search',
    },
  ],
});

export type ReleaseDocument = z.input<typeof releaseDocument>;

/** A release document, as it came, to what `startRelease` takes. */
export function toStartRelease(input: unknown): Result<StartRelease, Refusal> {
  const parsed = parse(releaseDocument, input);
  if (!parsed.ok) return parsed;
  const { id, onBusy: policy } = parsed.value;
  return ok({
    service: serviceName(parsed.value.service),
    candidate: version(parsed.value.candidate),
    strategy: strategyName(parsed.value.strategy),
    description: parsed.value.description,
    ...(id === undefined ? {} : { id: releaseId(id) }),
    ...(policy === undefined ? {} : { onBusy: policy }),
  });
}
