import { describeMirror, describeRoute } from '@spillway/domain-traffic';
import { EVERYTHING, basisPoints, formatDuration, formatPercent } from '@spillway/kernel';
import { describeGate } from './gate/gates-of-plan.js';
import type { Step, TrafficStep } from './plan.js';

/** `set 10 %`, for people. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'bake':
      return describeBake(step);
    case 'pause':
      return step.length === undefined
        ? 'pause until resumed'
        : `pause for ${formatDuration(step.length)}`;
    case 'gate':
      return `gate ${step.name}: ${describeGate(step)}`;
    case 'analyze':
      return `analyze ${step.metrics.map(({ name }) => name).join(', ')}`;
    case 'setWeight':
    case 'route':
    case 'removeRoute':
    case 'mirror':
      return describeTrafficStep(step);
  }
}

function describeBake({ length, toFind }: Extract<Step, { kind: 'bake' }>): string {
  const time = formatDuration(length);
  if (toFind === undefined) return `bake for ${time}`;
  const share = formatPercent(basisPoints(Math.round(toFind.power * EVERYTHING)));
  return `bake until ${toFind.ratio} times the errors would be found with ${share}, for ${time} at most`;
}

/** What the candidate gets by a step, for people: `10 %`, `requests of which x-tester is yes`. */
export function describeGain(step: TrafficStep): string {
  switch (step.kind) {
    case 'setWeight':
      return formatPercent(step.weight);
    case 'route':
      return `${step.route.name}: ${describeRoute(step.route)}`;
    case 'removeRoute':
      return `${step.name} no more`;
    case 'mirror':
      return step.mirror === undefined ? 'no copies any more' : describeMirror(step.mirror);
  }
}

function describeTrafficStep(step: TrafficStep): string {
  switch (step.kind) {
    case 'setWeight':
      return `set ${formatPercent(step.weight)}`;
    case 'route':
      return `route ${describeGain(step)}`;
    case 'removeRoute':
      return `remove route ${step.name}`;
    case 'mirror':
      return step.mirror === undefined ? 'end the mirror' : `send ${describeMirror(step.mirror)}`;
  }
}
