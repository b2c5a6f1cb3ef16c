import {
  onBusyPolicies,
  type ChangeReleaseStrategy,
  type CommandRelease,
  type ReleaseInstead,
} from '@spillway/application';
import type { OrderVerb } from '@spillway/domain-release';
import { ok, strategyName, type Refusal, type ReleaseId, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { count, nameText } from '../schema/scalars.js';

const comment = z.string().max(2_000).default('').describe('Why, in your words.');

export const onBusy = z
  .enum(onBusyPolicies)
  .describe(
    'Where another release of the service runs: refuse this one, queue it behind, or let it supersede the other.',
  );

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

export const releaseInsteadDocument = document({
  strategy: nameText
    .optional()
    .describe('Another strategy than it had; the newest version is taken.'),
  onBusy: onBusy.optional(),
  comment,
}).meta({
  description: 'How the new release is made, and why.',
  examples: [{ strategy: 'back-now', comment: 'Support tickets' }],
});

export const changeStrategyDocument = document({
  strategy: nameText.describe('The strategy that the release goes on with.'),
  version: z.int().min(1).max(1_000_000).optional().describe('Absent: the newest.'),
  comment,
}).meta({
  description: 'What the release goes on with, and why.',
  examples: [{ strategy: 'careful', comment: 'Slower over the weekend' }],
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
  if (verb === 'jumpToStep') {
    return mapped(parse(jumpToStepDocument, body), (order) => ({ release, verb, ...order }));
  }
  if (verb === 'skipStep') {
    return mapped(parse(skipStepDocument, body), ({ step, ...order }) => ({
      release,
      verb,
      ...order,
      ...(step === undefined ? {} : { step }),
    }));
  }
  return mapped(parse(releaseCommandDocument, body), (order) => ({ release, verb, ...order }));
}

/** What goes with a retry or an undo, which may be nothing. */
export const toReleaseInstead = (
  release: ReleaseId,
  input: unknown,
): Result<ReleaseInstead, Refusal> =>
  mapped(parse(releaseInsteadDocument, input ?? {}), ({ strategy, onBusy: policy, ...rest }) => ({
    release,
    ...rest,
    ...(strategy === undefined ? {} : { strategy: strategyName(strategy) }),
    ...(policy === undefined ? {} : { onBusy: policy }),
  }));

export const toChangeReleaseStrategy = (
  release: ReleaseId,
  input: unknown,
): Result<ChangeReleaseStrategy, Refusal> =>
  mapped(parse(changeStrategyDocument, input), ({ strategy, version, ...rest }) => ({
    release,
    strategy: strategyName(strategy),
    ...rest,
    ...(version === undefined ? {} : { version }),
  }));

const mapped = <A, B>(result: Result<A, Refusal>, to: (value: A) => B): Result<B, Refusal> =>
  result.ok ? ok(to(result.value)) : result;
