import type { CommandRelease, StartRelease } from '@spillway/application';
import type { OrderVerb } from '@spillway/domain-release';
import {
  ok,
  releaseId,
  serviceName,
  strategyName,
  version,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { count, nameText, serviceText, versionText } from '../schema/scalars.js';

export const releaseDocument = document({
  service: serviceText.describe('namespace/name of the service.'),
  candidate: versionText.describe('The version to release.'),
  strategy: nameText.describe('The strategy’s name; its newest version is taken.'),
  description: z.string().max(2_000).default('').describe('Why, in your words.'),
  id: z
    .uuid()
    .optional()
    .describe('Id that a plan gave: then what is written is what the plan showed.'),
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
  const { id } = parsed.value;
  return ok({
    service: serviceName(parsed.value.service),
    candidate: version(parsed.value.candidate),
    strategy: strategyName(parsed.value.strategy),
    description: parsed.value.description,
    ...(id === undefined ? {} : { id: releaseId(id) }),
  });
}

const comment = z.string().max(2_000).default('').describe('Why, in your words.');

export const releaseCommandDocument = document({ comment }).meta({
  description: 'What goes with a command.',
  examples: [{ comment: 'Approved by Ada' }],
});

export type ReleaseCommandDocument = z.input<typeof releaseCommandDocument>;

export const skipStepDocument = document({
  step: count.optional().describe('Index of the step, from 0; absent: the present one.'),
  comment,
}).meta({
  description: 'Which step is taken as done, and why.',
  examples: [{ step: 1, comment: 'No traffic at night' }],
});

export const jumpToStepDocument = document({
  step: count.describe('Index of the step to go to, from 0.'),
  comment,
}).meta({
  description: 'Where the release goes on, and why.',
  examples: [{ step: 2, comment: 'Seen enough of 10 %' }],
});

export interface AddressedCommand {
  readonly release: ReleaseId;
  readonly verb: OrderVerb;
}

/** A command's body, which may be absent, to what `commandRelease` takes. */
export function toCommandRelease(
  { release, verb }: AddressedCommand,
  input: unknown,
): Result<CommandRelease, Refusal> {
  const body = input ?? {};
  switch (verb) {
    case 'jumpToStep':
      return mapped(parse(jumpToStepDocument, body), (order) => ({ release, verb, ...order }));
    case 'skipStep':
      return mapped(parse(skipStepDocument, body), ({ step, ...order }) => ({
        release,
        verb,
        ...order,
        ...(step === undefined ? {} : { step }),
      }));
    default:
      return mapped(parse(releaseCommandDocument, body), (order) => ({ release, verb, ...order }));
  }
}

const mapped = <A, B>(result: Result<A, Refusal>, to: (value: A) => B): Result<B, Refusal> =>
  result.ok ? ok(to(result.value)) : result;
