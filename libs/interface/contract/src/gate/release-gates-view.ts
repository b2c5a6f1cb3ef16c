import { planDigest } from '@spillway/application';
import {
  describeGate,
  gatesOf,
  isAt,
  type PlannedGate,
  type Release,
} from '@spillway/domain-release';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { approvalView, toApprovalView } from './approval-view.js';

const releaseGateView = z
  .object({
    name: z.string().describe('Its name.'),
    wave: z.int().describe('Index of the wave that it is in front of, from 0.'),
    step: z.int().describe('Index of its step in the plan, from 0.'),
    wants: z.string().describe('What lets a release pass, in words.'),
    count: z.int().optional().describe('How many approvals; absent where it is opened by hand.'),
    passedAt: moment.optional().describe('When it let the release pass; absent: it did not yet.'),
    approvals: z.array(approvalView).describe('Those that were not voided, also expired ones.'),
  })
  .describe('A gate of the release’s plan.');

/** What a release shows of its gates. */
export const releaseGateFields = {
  gates: z.array(releaseGateView).describe('The gates of the plan, in order.'),
  planDigest: z
    .string()
    .optional()
    .describe('What approvals are bound to, where the plan has gates.'),
  awaiting: z
    .object({
      gate: z.string().describe('Name of the gate.'),
      wave: z.int().describe('Index of its wave, from 0.'),
      since: moment.describe('Since when.'),
    })
    .optional()
    .describe('The gate that it waits at.'),
  overriddenFreezes: z
    .array(
      z
        .object({
          window: z.string().describe('Name of the freeze window.'),
          until: moment.optional().describe('Until when it does not count; absent: for good.'),
        })
        .describe('A freeze window that does not count for a while.'),
    )
    .describe('Freeze windows that somebody overrode for this release.'),
};

const fields = z.object(releaseGateFields);
type ReleaseGates = z.output<typeof fields>;

export function toReleaseGates(release: Release): ReleaseGates {
  const { plan, awaiting, overriddenFreezes = [] } = release;
  const gates = gatesOf(plan);
  return {
    gates: gates.map((planned) => toGate(release, planned)),
    ...(gates.length === 0 ? {} : { planDigest: planDigest(plan) }),
    ...(awaiting === undefined
      ? {}
      : {
          awaiting: { gate: awaiting.gate, wave: awaiting.wave, since: toMoment(awaiting.since) },
        }),
    overriddenFreezes: overriddenFreezes.map(({ window, until }) => ({
      window,
      ...(until === undefined ? {} : { until: toMoment(until) }),
    })),
  };
}

function toGate(
  { approvals = [], passedGates = [] }: Release,
  planned: PlannedGate,
): ReleaseGates['gates'][number] {
  const { gate, wave, index, rule } = planned;
  const passed = passedGates.findLast((one) => isAt(one, planned));
  return {
    name: gate,
    wave,
    step: index,
    wants: describeGate(rule),
    ...('approvals' in rule ? { count: rule.approvals.count } : {}),
    ...(passed === undefined ? {} : { passedAt: toMoment(passed.at) }),
    approvals: approvals.filter((one) => isAt(one, planned)).map(toApprovalView),
  };
}
