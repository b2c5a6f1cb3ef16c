import { triggerStatuses, type Rule, type RuleMatch } from '@spillway/domain-rule';
import {
  ok,
  ruleName,
  strategyName,
  webhookName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { onBusy } from '../release/command-documents.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';

const pattern = z.string().min(1).max(300);
const most = 50;
const patterns = (what: string) =>
  z
    .array(pattern)
    .min(1)
    .max(most)
    .optional()
    .describe(`${what}; one must fit. * is any characters but /, ** any, ? one.`);

export const matchDocument = document({
  webhook: nameText.describe('The webhook that it listens to.'),
  events: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(most)
    .optional()
    .describe('Events in the sender’s words, such as deployment_status; one must be it.'),
  statuses: z
    .array(z.enum(triggerStatuses))
    .min(1)
    .optional()
    .describe('How far it must have come; default: success only.'),
  repositories: patterns('Repositories such as acme/catalog'),
  environments: patterns('Environments'),
  images: patterns('Images with their tags, such as ghcr.io/acme/*:v*'),
  branches: patterns('Branches'),
  tags: patterns('Git tags'),
});

const template = z.string().min(1).max(300);

export const ruleReleaseDocument = document({
  service: template.describe(
    'namespace/name; may hold placeholders such as {{ repository.name }}.',
  ),
  version: template.describe(
    'The version; may hold placeholders such as {{ image.tag }} or {{ sha | short }}.',
  ),
  strategy: nameText.describe('Name of the strategy.'),
  onBusy: onBusy.optional(),
});

const largest = 1_000_000;

export const ruleFields = {
  name: nameText.describe('Unique name.'),
  priority: z
    .int()
    .min(0)
    .max(largest)
    .default(100)
    .describe('The smallest number is asked first; of the same, in the order of names.'),
  match: matchDocument.describe('What a delivery must be like: all that is named must fit.'),
  release: ruleReleaseDocument.describe(
    'The release to start. The first rule that matches decides.',
  ),
};

export const ruleDocument = document(ruleFields).meta({
  description: 'Makes a release of a delivery.',
  examples: [
    {
      name: 'deploy-catalog',
      match: {
        webhook: 'github',
        events: ['deployment_status'],
        repositories: ['acme/catalog'],
        environments: ['production'],
      },
      release: { service: 'shop/catalog', version: '{{ image.tag }}', strategy: 'canary-10' },
    },
  ],
});

export type RuleDocument = z.input<typeof ruleDocument>;

/** A rule document, as it came, to what `putRule` takes. */
export function toRule(input: unknown): Result<Rule, Refusal> {
  const parsed = parse(ruleDocument, input);
  return parsed.ok ? ok(ruleOf(parsed.value)) : parsed;
}

export const ruleOf = ({
  name,
  priority,
  match,
  release,
}: z.output<typeof ruleDocument>): Rule => ({
  name: ruleName(name),
  priority,
  match: { ...present(match), webhook: webhookName(match.webhook) },
  release: {
    service: release.service,
    version: release.version,
    strategy: strategyName(release.strategy),
    ...(release.onBusy === undefined ? {} : { onBusy: release.onBusy }),
  },
});

const present = (match: z.output<typeof matchDocument>): Omit<RuleMatch, 'webhook'> =>
  Object.fromEntries(Object.entries(match).filter(([, wanted]) => wanted !== undefined));
