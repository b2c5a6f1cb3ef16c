import {
  describeStep,
  isFinal,
  phases,
  type Release,
  type Rollout,
} from '@spillway/domain-release';
import { z } from 'zod';
import { releaseGateFields, toReleaseGates } from '../gate/release-gates-view.js';
import { moment, toMoment } from '../schema/scalars.js';
import { exposureFields, toExposureView } from './exposure-view.js';
import { holdReasonView, toHoldReasonView } from './hold-view.js';
import { planView, toPlanView } from './plan-view.js';
import { toVerifiedView, verifiedView } from './verified-view.js';

const rolloutView = z
  .object({
    cluster: z.string().describe('Name of the cluster.'),
    wave: z.int().describe('Index of its wave, from 0.'),
    weight: z.number().describe('Percent that the candidate should get here.'),
    ...exposureFields,
    generation: z.int().describe('Generation of the routing that it should have.'),
    applied: z.boolean().describe('True when the cluster read that generation back.'),
    appliedAt: moment.optional().describe('When it did.'),
    verified: verifiedView,
    refused: z
      .string()
      .optional()
      .describe('The API server’s words when it refused the last write.'),
    drifted: z
      .string()
      .optional()
      .describe('Who changed the routing, and how; the service wants to be asked.'),
  })
  .describe('The release in one cluster.');

export const releaseView = z
  .object({
    id: z.string().describe('UUID.'),
    service: z.string().describe('namespace/name of the service.'),
    stable: z.string().describe('The version that served when the release began.'),
    candidate: z.string().describe('The version that is released.'),
    strategy: z
      .object({
        name: z.string().describe('Its name.'),
        version: z.int().describe('The version that was taken.'),
      })
      .describe('The strategy that the plan was made from.'),
    phase: z.enum(phases).describe('Where the release is.'),
    final: z.boolean().describe('True when the phase never changes again.'),
    because: z.string().describe('The reason for the last decision.'),
    description: z.string().describe('Why it was asked for.'),
    requestedBy: z.string().describe('Who asked for it.'),
    createdAt: moment.describe('When it was asked for.'),
    endedAt: moment.optional().describe('When it became final.'),
    follows: z
      .object({
        verb: z.enum(['retry', 'undo']).describe('Whether that is done again, or undone.'),
        release: z.string().describe('Id of that release.'),
      })
      .optional()
      .describe('The release that this one does again, or undoes.'),
    supersededBy: z.string().optional().describe('Id of the release that takes its place.'),
    held: z
      .object({ ...holdReasonView.shape, since: moment.describe('Since when.') })
      .optional()
      .describe('Why it waits though nobody paused it; present while the phase is held.'),
    paused: z
      .object({
        since: moment.describe('Since when.'),
        until: moment.optional().describe('When a timed pause ends.'),
      })
      .optional()
      .describe('Present while the phase is paused.'),
    progress: z
      .object({
        stepIndex: z.int().describe('Index of the current step; equals steps after the last.'),
        steps: z.int().describe('Number of steps.'),
        current: z.string().optional().describe('The current step in words.'),
        skipTo: z
          .int()
          .optional()
          .describe('Bakes, analyses and pauses before the step of this index are not waited for.'),
      })
      .describe('Where the plan stands.'),
    plan: planView,
    ...releaseGateFields,
    rollouts: z.array(rolloutView).describe('Each cluster, in the order of the waves.'),
    revision: z.int().describe('Grows with every change.'),
  })
  .describe('A release with its progress.');

export type ReleaseView = z.output<typeof releaseView>;

export function toReleaseView(release: Release): ReleaseView {
  const { id, service, stable, candidate, phase, because, description, requestedBy, revision } =
    release;
  return {
    id,
    service,
    stable,
    candidate,
    strategy: { ...release.strategy },
    phase,
    final: isFinal(phase),
    because,
    description,
    requestedBy,
    createdAt: toMoment(release.createdAt),
    ...(release.endedAt === undefined ? {} : { endedAt: toMoment(release.endedAt) }),
    ...(release.follows === undefined ? {} : { follows: { ...release.follows } }),
    ...(release.supersededBy === undefined ? {} : { supersededBy: release.supersededBy }),
    ...waiting(release),
    progress: toProgress(release),
    plan: toPlanView(release.plan),
    ...toReleaseGates(release),
    rollouts: release.rollouts.map(toRolloutView),
    revision,
  };
}

function waiting({ held, paused }: Release): Pick<ReleaseView, 'held' | 'paused'> {
  return {
    ...(held === undefined
      ? {}
      : { held: { ...toHoldReasonView(held.reason), since: toMoment(held.since) } }),
    ...(paused === undefined
      ? {}
      : {
          paused: {
            since: toMoment(paused.since),
            ...(paused.until === undefined ? {} : { until: toMoment(paused.until) }),
          },
        }),
  };
}

function toProgress({ cursor, plan, skipTo = 0 }: Release): ReleaseView['progress'] {
  const step = plan.steps[cursor.index];
  return {
    stepIndex: cursor.index,
    steps: plan.steps.length,
    ...(step === undefined ? {} : { current: `wave ${step.wave + 1}: ${describeStep(step)}` }),
    ...(skipTo > cursor.index ? { skipTo } : {}),
  };
}

const toRolloutView = (rollout: Rollout): ReleaseView['rollouts'][number] => ({
  cluster: rollout.cluster,
  wave: rollout.wave,
  weight: rollout.desired.weight / 100,
  ...toExposureView(rollout.desired),
  generation: rollout.desired.generation,
  applied: rollout.applied?.generation === rollout.desired.generation,
  ...(rollout.applied === undefined ? {} : { appliedAt: toMoment(rollout.applied.at) }),
  verified: toVerifiedView(rollout),
  ...(rollout.refused === undefined ? {} : { refused: rollout.refused }),
  ...(rollout.drifted === undefined ? {} : { drifted: rollout.drifted }),
});
