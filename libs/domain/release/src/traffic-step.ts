import type { Step, TrafficStep } from './plan.js';

/** A step that changes what the candidate sees. */
export const isTraffic = (step: Step): step is Extract<Step, TrafficStep> =>
  step.kind === 'setWeight' ||
  step.kind === 'route' ||
  step.kind === 'removeRoute' ||
  step.kind === 'mirror';
