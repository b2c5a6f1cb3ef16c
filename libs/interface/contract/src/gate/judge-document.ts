import type { JudgeRelease, OverrideFreeze } from '@spillway/application';
import { ok, type Refusal, type ReleaseId, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';

export const judgeDocument = document({
  gate: nameText
    .optional()
    .describe('Name of the gate; without it the next one that wants approvals.'),
  plan: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be a digest of a plan, 64 digits of 0-9 and a-f' })
    .optional()
    .describe('Digest of the plan that you read; refused when it is another one by now.'),
  comment: z.string().max(2_000).default('').describe('Why, in your words.'),
}).meta({
  description: 'What goes with an approval or a rejection.',
  examples: [{ gate: 'production', comment: 'Numbers look good' }],
});

export type JudgeDocument = z.input<typeof judgeDocument>;

/** The body of an approval or a rejection, which may be absent. */
export function toJudgeRelease(release: ReleaseId, input: unknown): Result<JudgeRelease, Refusal> {
  const parsed = parse(judgeDocument, input ?? {});
  if (!parsed.ok) return parsed;
  const { gate, plan, comment } = parsed.value;
  return ok({
    release,
    comment,
    ...(gate === undefined ? {} : { gate }),
    ...(plan === undefined ? {} : { plan }),
  });
}

export const overrideFreezeDocument = document({
  reason: z
    .string()
    .trim()
    .min(1, { error: 'must say why it cannot wait' })
    .max(2_000)
    .describe('Why it cannot wait; becomes part of the history.'),
}).meta({
  description: 'Why a release may go on in a freeze window.',
  examples: [{ reason: 'Checkout is broken without it' }],
});

export type OverrideFreezeDocument = z.input<typeof overrideFreezeDocument>;

export function toOverrideFreeze(
  release: ReleaseId,
  input: unknown,
): Result<OverrideFreeze, Refusal> {
  const parsed = parse(overrideFreezeDocument, input);
  return parsed.ok ? ok({ release, reason: parsed.value.reason }) : parsed;
}
