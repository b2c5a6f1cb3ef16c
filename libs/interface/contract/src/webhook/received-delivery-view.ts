import type { ReceivedDelivery, ReceivedFilter } from '@spillway/application';
import { ok, webhookName, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { moment, nameText, toMoment } from '../schema/scalars.js';
import { passedByView, triggerView } from './trigger-view.js';

export const receivedStates = ['pending', 'ignored', 'unmatched', 'refused', 'released'] as const;

export const receivedDeliveryView = z
  .object({
    direction: z.literal('in').describe('Whether it came in or goes out.'),
    id: z.string().describe('Id; a release that comes of it has the same.'),
    state: z
      .enum(receivedStates)
      .describe(
        'ignored: tells of nothing that rules are about. unmatched: no rule wanted it. refused: one did, and no release could be started.',
      ),
    webhook: z.string().describe('Name of the webhook that it was sent to.'),
    key: z.string().optional().describe('The sender’s id of it; absent where it has none.'),
    event: z.string().describe('In the sender’s words.'),
    trigger: triggerView.optional(),
    rule: z.string().optional().describe('The first rule that matched.'),
    release: z.string().optional().describe('Id of the release that came of it.'),
    passedBy: passedByView.optional(),
    because: z.string().optional().describe('Why no release came of it.'),
    createdAt: moment.describe('When it came.'),
    endedAt: moment.optional().describe('When it was decided; absent while it is pending.'),
  })
  .describe('Something that was sent to a webhook, and what came of it.');

export type ReceivedDeliveryView = z.output<typeof receivedDeliveryView>;

export function toReceivedDeliveryView(delivery: ReceivedDelivery): ReceivedDeliveryView {
  const { id, webhook, key, event, trigger, outcome, receivedAt, settledAt } = delivery;
  const { passedBy, ...decided } = { passedBy: undefined, ...outcome };
  return {
    direction: 'in',
    id,
    webhook,
    ...(key === undefined ? {} : { key }),
    event,
    ...(trigger === undefined ? {} : { trigger }),
    ...decided,
    ...(passedBy === undefined ? {} : { passedBy: [...passedBy] }),
    createdAt: toMoment(receivedAt),
    ...(settledAt === undefined ? {} : { endedAt: toMoment(settledAt) }),
  };
}

export const receivedFilterFields = {
  webhook: nameText.exactOptional().describe('Only those of this webhook.'),
  state: z.enum(receivedStates).exactOptional().describe('Only those in this state.'),
};

const filter = document(receivedFilterFields);

export function toReceivedFilter(query: unknown): Result<ReceivedFilter, Refusal> {
  const parsed = parse(filter, query);
  if (!parsed.ok) return parsed;
  const { webhook, state } = parsed.value;
  return ok({
    ...(webhook === undefined ? {} : { webhook: webhookName(webhook) }),
    ...(state === undefined ? {} : { state }),
  });
}
