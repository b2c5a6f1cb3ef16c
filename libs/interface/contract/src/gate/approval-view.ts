import type { Approval } from '@spillway/domain-release';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

export const approvalView = z
  .object({
    by: z.string().describe('Who: a person, or the name of a token.'),
    roles: z.array(z.string()).describe('The roles that they had where the release is.'),
    at: moment.describe('When.'),
    plan: z.string().describe('Digest of the plan that was approved.'),
    until: moment.optional().describe('When it stops to count; absent: never.'),
  })
  .describe('Somebody’s yes to one plan; a changed plan voids it.');

export type ApprovalView = z.output<typeof approvalView>;

export const toApprovalView = ({ by, roles, at, plan, until }: Approval): ApprovalView => ({
  by,
  roles: [...roles],
  at: toMoment(at),
  plan,
  ...(until === undefined ? {} : { until: toMoment(until) }),
});
