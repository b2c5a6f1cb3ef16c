import { describeMatch, isExposed, unexposed, type Exposure } from '@spillway/domain-traffic';
import {
  EVERYTHING,
  NOTHING,
  formatPercent,
  refusal,
  type BasisPoints,
  type Duration,
  type Refusal,
} from '@spillway/kernel';
import { exposureAfter } from './exposure-after.js';
import type { TrafficStep } from './plan.js';
import type { StepTemplate } from './strategy.js';
import { lastWeight, rampWeights } from './template-weights.js';

/** What is wrong with what the steps do to traffic, one after the other. */
export function refuseTraffic(steps: readonly StepTemplate[]): Refusal | undefined {
  let exposure: Exposure = unexposed;
  for (const [index, step] of steps.entries()) {
    const wrong = refuseStep(step, exposure, `steps[${index}].${step.kind}`, index);
    if (wrong !== undefined) return wrong;
    exposure = afterTemplate(step, exposure);
  }
  return undefined;
}

function afterTemplate(step: StepTemplate, before: Exposure): Exposure {
  const weight = lastWeight(step);
  if (weight !== undefined) return exposureAfter({ kind: 'setWeight', weight }, before);
  return isTrafficStep(step) ? exposureAfter(step, before) : before;
}

const isTrafficStep = (step: StepTemplate): step is TrafficStep =>
  step.kind === 'route' || step.kind === 'removeRoute' || step.kind === 'mirror';

function refuseStep(
  step: StepTemplate,
  before: Exposure,
  field: string,
  index: number,
): Refusal | undefined {
  if (step.kind === 'setWeight') return refuseFall(step.weight, before.weight, field, index);
  if (step.kind === 'ramp') {
    return refuseRamp(step, field) ?? refuseFall(step.from, before.weight, field, index);
  }
  if (step.kind === 'route') return refuseRoute(step, before, field);
  if (step.kind === 'removeRoute') return refuseRemoval(step.name, before, field);
  if (step.kind === 'mirror') return refuseMirror(step, before, field);
  return step.kind === 'analyze' && !isExposed(before) ? tooEarly(field) : undefined;
}

const tooEarly = (field: string): Refusal =>
  refusal(
    'INVALID_STRATEGY',
    'An analyze step comes before the candidate has any traffic.',
    'Set a weight, a route or a mirror before it.',
    field,
  );

/** Weights never fall inside a plan: going back is what a rollback is for. */
function refuseFall(
  weight: BasisPoints,
  highest: BasisPoints,
  field: string,
  index: number,
): Refusal | undefined {
  if (weight >= highest) return undefined;
  return refusal(
    'INVALID_WEIGHTS',
    `Step ${index + 1} sets ${formatPercent(weight)} after ${formatPercent(highest)}.`,
    'Let weights rise from step to step.',
    field,
  );
}

/** A part of a ramp is a weight of its own and long enough to be told from the next. */
const shortest = 1_000;

function refuseRamp(
  ramp: Extract<StepTemplate, { kind: 'ramp' }>,
  field: string,
): Refusal | undefined {
  const { steps, over } = ramp;
  if (!Number.isInteger(steps) || steps < 2 || steps > 200) {
    return refusal('INVALID_STRATEGY', `A ramp has ${steps} steps.`, 'Use 2 to 200.', field);
  }
  if (over / steps < shortest) return tooShort(over, steps, field);
  const weights = rampWeights(ramp);
  if (ramp.from < ramp.to && new Set(weights).size === weights.length) return undefined;
  return refusal(
    'INVALID_WEIGHTS',
    `A ramp from ${formatPercent(ramp.from)} to ${formatPercent(ramp.to)} has no ${steps} different weights that rise.`,
    'Use fewer steps, or weights that are further apart.',
    field,
  );
}

const tooShort = (over: Duration, steps: number, field: string): Refusal =>
  refusal(
    'INVALID_STRATEGY',
    `A ramp of ${steps} steps takes ${over} ms.`,
    'Give each step a second or more.',
    field,
  );

function refuseRoute(
  { route }: Extract<StepTemplate, { kind: 'route' }>,
  { routes = [], weight }: Exposure,
  field: string,
): Refusal | undefined {
  if (weight === EVERYTHING) {
    return refusal(
      'INVALID_STRATEGY',
      `Route "${route.name}" comes after all traffic went to the candidate.`,
      'Put it before the last weight.',
      field,
    );
  }
  if (routes.some(({ name }) => name === route.name)) {
    return refusal(
      'INVALID_STRATEGY',
      `Route "${route.name}" is there twice.`,
      'Give each route a name of its own.',
      `${field}.name`,
    );
  }
  if (route.match.length > 0 && route.match.every((match) => describeMatch(match) !== '')) {
    return undefined;
  }
  return refusal(
    'INVALID_STRATEGY',
    `Route "${route.name}" matches every request.`,
    'Say which requests are meant; for all of them, set a weight.',
    `${field}.match`,
  );
}

function refuseRemoval(
  name: string,
  { routes = [] }: Exposure,
  field: string,
): Refusal | undefined {
  if (routes.some((route) => route.name === name)) return undefined;
  const known = routes.map((route) => route.name).join(', ') || '(none)';
  return refusal(
    'INVALID_STRATEGY',
    `There is no route "${name}" to remove.`,
    `Routes at this step: ${known}.`,
    field,
  );
}

function refuseMirror(
  { mirror }: Extract<StepTemplate, { kind: 'mirror' }>,
  { weight }: Exposure,
  field: string,
): Refusal | undefined {
  if (mirror === undefined) return undefined;
  if (mirror.share === NOTHING) {
    return refusal('INVALID_STRATEGY', 'A mirror copies 0 %.', 'Write mirror: off.', field);
  }
  if (weight === NOTHING) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    `The candidate answers ${formatPercent(weight)} and would get copies too.`,
    'Mirror before the first weight.',
    field,
  );
}
