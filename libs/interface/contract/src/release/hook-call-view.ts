import type { HookCall } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { hookPoint } from '../strategy/hook-document.js';

export const hookCallView = z
  .object({
    hook: z.string().describe('Name of the hook.'),
    point: hookPoint,
    id: z.string().describe('The webhook-id of the last call; the same for all its attempts.'),
    state: z
      .enum(['underWay', 'open', 'closed', 'unanswered'])
      .describe(
        'Whether it agreed (open), did not (closed), or nobody knows (unanswered); underWay until then.',
      ),
    status: z.int().optional().describe('HTTP status, where there was one.'),
    detail: z.string().describe('What came of it, in a sentence.'),
    attempts: z.int().describe('Of the last call; more than one where it was repeated.'),
    times: z.int().describe('How often it was asked, and answered the same, in a row.'),
    firstAt: moment.describe('When it was called first.'),
    at: moment.describe('When it answered last; while it is under way, when the attempt began.'),
    tookMs: z.number().describe('How long the last attempt took, in milliseconds.'),
    retryAt: moment.optional().describe('When the next attempt is made.'),
  })
  .describe('What a hook was asked, or told, and what it answered.');

export type HookCallView = z.output<typeof hookCallView>;

export const toHookCallView = ({
  ordinal: _ordinal,
  slot: _slot,
  firstAt,
  at,
  retryAt,
  ...call
}: HookCall): HookCallView => ({
  ...call,
  firstAt: toMoment(firstAt),
  at: toMoment(at),
  ...(retryAt === undefined ? {} : { retryAt: toMoment(retryAt) }),
});

/** A gate that somebody has not opened yet. */
export const hookCallExample: HookCallView = {
  hook: 'approval',
  point: 'confirm-traffic-increase',
  id: '9d2f7f0e-6d0b-4a2c-8f51-6f6a2f0f3b11',
  state: 'closed',
  status: 403,
  detail: 'it answered 403: Forbidden',
  attempts: 1,
  times: 12,
  firstAt: '2026-01-05T10:01:30.000Z',
  at: '2026-01-05T10:03:20.000Z',
  tookMs: 14,
};
