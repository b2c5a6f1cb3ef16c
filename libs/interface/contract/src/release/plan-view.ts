import { describeStep, type Plan, type Step } from '@spillway/domain-release';
import { formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { hookDocument } from '../strategy/hook-document.js';
import { limitsDocument, toLimitsDocument } from '../strategy/limits-document.js';
import { toHookDocument } from '../strategy/to-hook.js';

/** What a step waits for before it is done; `readBack` is the default. */
export const verifyLevel = z
  .enum(['readBack', 'distributed'])
  .describe(
    'What a step waits for: API servers that read the routing back, or proxies that have it.',
  );

const waveView = z
  .object({ clusters: z.array(z.string()).describe('Names of its clusters.') })
  .describe('Clusters that take a step together.');

const stepView = z
  .object({
    wave: z.int().describe('Index of the wave that takes the step, from 0.'),
    kind: z
      .enum(['setWeight', 'route', 'removeRoute', 'mirror', 'bake', 'pause', 'analyze', 'gate'])
      .describe('What the step does.'),
    weight: z.number().optional().describe('Of setWeight: percent for the candidate.'),
    duration: z.string().optional().describe('Of bake and timed pause: how long.'),
    metrics: z.array(z.string()).describe('Names of the metrics that it looks at.'),
    description: z.string().describe('The step in words.'),
  })
  .describe('One step of the plan.');

const boundsView = z
  .object({
    cluster: z.string().describe('In this cluster.'),
    metric: z.string().describe('Name of the metric.'),
    min: z.number().optional().describe('Less than this fails there.'),
    max: z.number().optional().describe('More than this fails there.'),
  })
  .describe('Other limits of a metric in one cluster.');

export const planView = z
  .object({
    waves: z.array(waveView).describe('The release’s clusters in the order of their turn.'),
    steps: z.array(stepView).describe('What is done, in order.'),
    maxUnavailableClusters: z
      .int()
      .describe('Clusters that may be unreachable without holding the release.'),
    limits: limitsDocument
      .optional()
      .describe('How far the steps go by themselves; what is beyond waits for a promotion.'),
    bounds: z
      .array(boundsView)
      .optional()
      .describe('Limits of metrics that are different in some clusters.'),
    rollBack: z
      .enum(['everywhere', 'wave'])
      .describe('Where traffic is taken back when the candidate fails.'),
    sticky: z
      .object({
        cookie: z.string().describe('Name of the cookie.'),
        lifetime: z.string().describe('How long it is kept.'),
      })
      .optional()
      .describe('Whoever got a version by weight keeps it.'),
    drift: z.enum(['heal', 'hold']).describe('What happens when somebody changes the routing.'),
    verify: verifyLevel,
    hooks: z
      .array(z.object({ ...hookDocument.shape }).describe('A hook of the plan.'))
      .optional()
      .describe('Addresses outside that are asked, or told, what the release does.'),
    bakeAfterPromotion: z
      .string()
      .optional()
      .describe('Time at 100 percent in which metrics may still roll back.'),
  })
  .describe('The strategy expanded for the clusters of this release; it never changes.');

export type PlanView = z.output<typeof planView>;
type StepView = PlanView['steps'][number];

const views = new WeakMap<Plan, PlanView>();

/** A plan never changes, and releases that have the same share it. */
export function toPlanView(plan: Plan): PlanView {
  const view = views.get(plan) ?? newPlanView(plan);
  views.set(plan, view);
  return view;
}

const newPlanView = (plan: Plan): PlanView => ({
  waves: plan.waves.map((clusters) => ({ clusters: [...clusters] })),
  steps: plan.steps.map(toStepView),
  maxUnavailableClusters: plan.maxUnavailableClusters,
  ...(plan.limits === undefined ? {} : { limits: toLimitsDocument(plan.limits) }),
  ...(plan.bounds === undefined ? {} : { bounds: plan.bounds.map((one) => ({ ...one })) }),
  rollBack: plan.rollBack ?? 'everywhere',
  ...(plan.sticky === undefined
    ? {}
    : { sticky: { cookie: plan.sticky.cookie, lifetime: formatDuration(plan.sticky.lifetime) } }),
  drift: plan.drift ?? 'heal',
  verify: plan.verify ?? 'readBack',
  ...(plan.hooks === undefined ? {} : { hooks: plan.hooks.map(toHookDocument) }),
  ...(plan.bakeAfterPromotion === undefined
    ? {}
    : { bakeAfterPromotion: formatDuration(plan.bakeAfterPromotion.length) }),
});

function toStepView(step: Step): StepView {
  const { wave, kind } = step;
  const metrics = 'metrics' in step ? step.metrics.map(({ name }) => name) : [];
  const description = describeStep(step);
  if (step.kind === 'setWeight') {
    return { wave, kind, weight: step.weight / 100, metrics, description };
  }
  const length = 'length' in step ? step.length : undefined;
  if (length === undefined) return { wave, kind, metrics, description };
  return { wave, kind, duration: formatDuration(length), metrics, description };
}
