import type { RuleTest, TestRule } from '@spillway/application';
import { deliveryId, ok, webhookName, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { onBusy } from '../release/command-documents.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';
import { ruleDocument, ruleOf } from './rule-document.js';
import { passedByView, triggerView } from './trigger-view.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isOneWay = ({ delivery, webhook, payload }: Readonly<Record<string, unknown>>): boolean =>
  (delivery === undefined) !== (webhook === undefined && payload === undefined) &&
  (webhook === undefined) === (payload === undefined);

const deepest = 64;

/** Whoever walks through a payload later does so level by level. */
function isShallow(payload: unknown): boolean {
  let level: readonly unknown[] = [payload];
  for (let depth = 0; depth <= deepest; depth += 1) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return true;
  }
  return false;
}

export const ruleTestDocument = document({
  delivery: z
    .string()
    .regex(uuid, { error: 'must be the id of a delivery' })
    .optional()
    .describe('Id of a delivery that came. Or else webhook and payload.'),
  webhook: nameText.optional().describe('The webhook that the payload would be sent to.'),
  event: z.string().max(300).optional().describe('What X-GitHub-Event would say; of GitHub only.'),
  payload: z
    .unknown()
    .refine(isShallow, { error: `must not be nested deeper than ${deepest}` })
    .optional()
    .describe('The body that would be sent, which needs no signature.'),
  rule: ruleDocument
    .optional()
    .describe('A rule that is not put yet, in the place of the one of its name.'),
})
  .refine(isOneWay, { error: 'give either delivery, or webhook and payload' })
  .meta({
    description: 'What rules are to be tried with.',
    examples: [
      {
        webhook: 'generic',
        payload: { image: 'ghcr.io/acme/catalog:v2', environment: 'production' },
      },
    ],
  });

export type RuleTestDocument = z.input<typeof ruleTestDocument>;

/** A test document, as it came, to what `testRule` takes. */
export function toTestRule(input: unknown): Result<TestRule, Refusal> {
  const parsed = parse(ruleTestDocument, input);
  if (!parsed.ok) return parsed;
  const { rule, delivery, webhook = '', event, payload } = parsed.value;
  const draft = rule === undefined ? {} : { rule: ruleOf(rule) };
  if (delivery !== undefined) {
    const about = { kind: 'delivery', delivery: deliveryId(delivery.toLowerCase()) } as const;
    return ok({ about, ...draft });
  }
  const sent = { headers: headersOf(payload, event), body: bytesOf(payload) };
  return ok({ about: { kind: 'payload', webhook: webhookName(webhook), sent }, ...draft });
}

const bytesOf = (payload: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(payload));

/** What has the attribute that every CloudEvent has is one, with its attributes in the body. */
const headersOf = (payload: unknown, event: string | undefined): Record<string, string> => ({
  'content-type':
    typeof payload === 'object' && payload !== null && 'specversion' in payload
      ? 'application/cloudevents+json'
      : 'application/json',
  ...(event === undefined ? {} : { 'x-github-event': event }),
});

export const ruleTestView = z
  .object({
    webhook: z.string().describe('The webhook whose rules were asked.'),
    trigger: triggerView.optional(),
    rule: z.string().optional().describe('The first rule that matched.'),
    release: z
      .object({
        service: z.string().describe('The service.'),
        candidate: z.string().describe('The version that would be released.'),
        strategy: z.string().describe('The strategy.'),
        onBusy: onBusy.optional(),
      })
      .optional()
      .describe('The release that the rule asks for.'),
    passedBy: passedByView.optional(),
    because: z.string().optional().describe('Why no release would come of it.'),
    wouldRelease: z.boolean().describe('Whether a release would be started now.'),
  })
  .describe('What would come of a delivery. Nothing was started or kept.');

export type RuleTestView = z.output<typeof ruleTestView>;

export const toRuleTestView = ({ passedBy, ...test }: RuleTest): RuleTestView => ({
  ...test,
  ...(passedBy === undefined ? {} : { passedBy: [...passedBy] }),
  wouldRelease: test.release !== undefined && test.because === undefined,
});
