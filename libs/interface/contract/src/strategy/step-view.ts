import type { StepTemplate } from '@spillway/domain-release';
import { formatDuration } from '@spillway/kernel';
import { toGateStepDocument } from '../gate/to-gate-step.js';
import { toRouteDocument } from '../traffic/route-view.js';
import { toMetricDocument } from './metric-view.js';
import type { ParsedStep } from './step-document.js';

export function toStepDocument(step: StepTemplate): ParsedStep {
  if (step.kind === 'bake') return toBakeDocument(step);
  if (step.kind === 'gate') return { gate: toGateStepDocument(step) };
  if (step.kind === 'pause') return { pause: toPauseDocument(step) };
  return step.kind === 'analyze' ? { analyze: toAnalyzeDocument(step) } : toTrafficDocument(step);
}

type Template<Kind extends StepTemplate['kind']> = Extract<StepTemplate, { readonly kind: Kind }>;

/** Those that change what the candidate sees. */
type TrafficTemplate = Template<
  'setWeight' | 'ramp' | 'switch' | 'route' | 'removeRoute' | 'mirror'
>;

function toTrafficDocument(step: TrafficTemplate): ParsedStep {
  switch (step.kind) {
    case 'setWeight':
      return { setWeight: step.weight / 100 };
    case 'ramp':
      return { ramp: toRampDocument(step) };
    case 'switch':
      return { switch: {} };
    case 'route':
      return { route: toRouteDocument(step.route) };
    case 'removeRoute':
      return { removeRoute: step.name };
    case 'mirror':
      return { mirror: toMirrorDocument(step) };
  }
}
type Document<Key extends string> = Extract<ParsedStep, Readonly<Record<Key, unknown>>>;

const toRampDocument = ({ from, to, steps, over }: Template<'ramp'>): Document<'ramp'>['ramp'] => ({
  from: from / 100,
  to: to / 100,
  steps,
  over: formatDuration(over),
});

const toMirrorDocument = ({ mirror }: Template<'mirror'>): Document<'mirror'>['mirror'] =>
  mirror === undefined ? 'off' : { percent: mirror.share / 100, methods: mirror.methods };

function toBakeDocument({ length, toFind }: Template<'bake'>): ParsedStep {
  const time = formatDuration(length);
  if (toFind === undefined) return { bake: time };
  return { bakeUntil: { toFind: toFind.ratio, power: toFind.power, atMost: time } };
}

const toPauseDocument = ({ length }: Template<'pause'>): Document<'pause'>['pause'] =>
  length === undefined ? {} : { for: formatDuration(length) };

const toAnalyzeDocument = (step: Template<'analyze'>): Document<'analyze'>['analyze'] => ({
  metrics: step.metrics.map(toMetricDocument),
  ...(step.iterations === undefined ? {} : { iterations: step.iterations }),
});
