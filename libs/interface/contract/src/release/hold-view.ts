import { clustersOfHold, type HoldReason } from '@spillway/domain-release';
import { z } from 'zod';

const holdKinds = [
  'clusterUnreachable',
  'frozen',
  'limitReached',
  'hookClosed',
  'hookUnanswered',
  'noReadyEndpoints',
  'foreignRouting',
  'drift',
  'writeRefused',
  'notDistributed',
  'splitNotInForce',
  'inconclusive',
  'noData',
  'metricsFailing',
] as const satisfies readonly HoldReason['kind'][];

export const holdReasonView = z
  .object({
    kind: z.enum(holdKinds).describe('What stands in the way.'),
    clusters: z.array(z.string()).describe('Where.'),
    detail: z.string().describe('In a sentence.'),
  })
  .describe('Why a release waits though nobody paused it.');

export type HoldReasonView = z.output<typeof holdReasonView>;

export const toHoldReasonView = (reason: HoldReason): HoldReasonView => ({
  kind: reason.kind,
  clusters: [...clustersOfHold(reason)],
  detail: reason.detail,
});
