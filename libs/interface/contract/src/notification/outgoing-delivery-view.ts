import type { DeliveryAttempt, OutgoingDelivery } from '@spillway/application';
import { severities } from '@spillway/domain-notification';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

const attemptView = z
  .object({
    at: moment.describe('When.'),
    tookMs: z.number().describe('For how many milliseconds.'),
    status: z.int().optional().describe('What was answered; absent where nothing was.'),
    because: z.string().optional().describe('Why it failed; absent where it did not.'),
  })
  .describe('One try to deliver.');

const noticeView = z
  .object({
    type: z.string().describe('Of the event, such as rollbackStarted; or test.'),
    severity: z.enum(severities).describe('How much somebody should mind.'),
    sequence: z.int().describe('Its place in the release’s history; 0 of a test.'),
    at: moment.describe('When it happened.'),
    because: z.string().describe('Why, in a sentence.'),
    service: z.string().describe('The service.'),
    candidate: z.string().describe('The version that is released.'),
    phase: z.string().describe('Phase of the release after it.'),
  })
  .describe('What the endpoint is told.');

export const outgoingDeliveryView = z
  .object({
    direction: z.literal('out').describe('Whether it came in or goes out.'),
    id: z.string().describe('Id; also that of the message, so that a repetition can be told.'),
    state: z
      .enum(['pending', 'delivered', 'dead'])
      .describe('dead: given up, until somebody has it sent again.'),
    endpoint: z.string().describe('Name of the notification endpoint.'),
    release: z.string().optional().describe('Id of the release; absent of a test.'),
    notice: noticeView,
    createdAt: moment.describe('When it was queued first.'),
    dueAt: moment.optional().describe('Not tried before; absent when it has ended.'),
    endedAt: moment.optional().describe('When it was delivered, or given up.'),
    tries: z.int().describe('Since it was queued last.'),
    attempts: z.array(attemptView).describe('All there were, in their order.'),
    because: z.string().optional().describe('Why the last attempt failed.'),
  })
  .describe('What one notification endpoint is told of one event.');

export type OutgoingDeliveryView = z.output<typeof outgoingDeliveryView>;

export function toOutgoingDeliveryView(delivery: OutgoingDelivery): OutgoingDeliveryView {
  const { id, state, endpoint, notice, attempts, tries } = delivery;
  const because = attempts.at(-1)?.because;
  return {
    direction: 'out',
    id,
    state,
    endpoint,
    ...(notice.type === 'test' ? {} : { release: notice.release.id }),
    notice: toNoticeView(delivery),
    createdAt: toMoment(delivery.createdAt),
    ...(state === 'pending'
      ? { dueAt: toMoment(delivery.dueAt) }
      : { endedAt: toMoment(delivery.dueAt) }),
    tries,
    attempts: attempts.map(toAttemptView),
    ...(state === 'delivered' || because === undefined ? {} : { because }),
  };
}

const toNoticeView = ({ notice }: OutgoingDelivery): OutgoingDeliveryView['notice'] => ({
  type: notice.type,
  severity: notice.severity,
  sequence: notice.sequence,
  at: toMoment(notice.at),
  because: notice.because,
  service: notice.release.service,
  candidate: notice.release.candidate,
  phase: notice.release.phase,
});

const toAttemptView = ({ at, took, status, because }: DeliveryAttempt) => ({
  at: toMoment(at),
  tookMs: took,
  ...(status === undefined ? {} : { status }),
  ...(because === undefined ? {} : { because }),
});
