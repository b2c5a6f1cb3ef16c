import type { ApprovalWaiting } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { approvalView, toApprovalView } from './approval-view.js';

export const approvalWaitingView = z
  .object({
    release: z.string().describe('Id of the release.'),
    service: z.string().describe('namespace/name of its service.'),
    stable: z.string().describe('The version that serves.'),
    candidate: z.string().describe('The version that is released.'),
    requestedBy: z.string().describe('Who asked for the release.'),
    description: z.string().describe('Why it was asked for.'),
    gate: z.string().describe('Name of the gate.'),
    wave: z.int().describe('Index of its wave, from 0.'),
    since: moment.describe('Since when it waits.'),
    plan: z.string().describe('Digest of the plan that is to be approved.'),
    approvals: z.array(approvalView).describe('Those that count already.'),
    wanted: z.int().describe('How many it takes.'),
  })
  .describe('A gate that waits for your approval.');

export type ApprovalWaitingView = z.output<typeof approvalWaitingView>;

export const toApprovalWaitingView = (waiting: ApprovalWaiting): ApprovalWaitingView => ({
  release: waiting.release.id,
  service: waiting.release.service,
  stable: waiting.release.stable,
  candidate: waiting.release.candidate,
  requestedBy: waiting.release.requestedBy,
  description: waiting.release.description,
  gate: waiting.gate.gate,
  wave: waiting.gate.wave,
  since: toMoment(waiting.since),
  plan: waiting.plan,
  approvals: waiting.approvals.map(toApprovalView),
  wanted: waiting.wanted,
});
