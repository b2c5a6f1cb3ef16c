import type { StepTemplate } from '@spillway/domain-release';
import type { Mirror } from '@spillway/domain-traffic';
import { toGateStep } from '../gate/to-gate-step.js';
import { toDuration, toShare } from '../schema/scalars.js';
import type { ParsedStep } from './step-document.js';
import { toMetricSpec } from './to-metric-spec.js';

type Of<Key extends string> = Key extends string
  ? Extract<ParsedStep, Readonly<Record<Key, unknown>>>
  : never;

/** Those that change what the candidate sees. */
type TrafficStep = Of<'setWeight' | 'ramp' | 'switch' | 'route' | 'removeRoute' | 'mirror'>;

export function toStep(step: ParsedStep): StepTemplate {
  if ('bake' in step) return { kind: 'bake', length: toDuration(step.bake) };
  if ('bakeUntil' in step) return toBakeUntil(step);
  if ('pause' in step) return toPause(step);
  if ('gate' in step) return toGateStep(step.gate);
  return 'analyze' in step ? toAnalyze(step) : toTrafficStep(step);
}

function toTrafficStep(step: TrafficStep): StepTemplate {
  if ('setWeight' in step) return { kind: 'setWeight', weight: toShare(step.setWeight) };
  if ('ramp' in step) return toRamp(step);
  if ('switch' in step) return { kind: 'switch' };
  if ('route' in step) return { kind: 'route', route: step.route };
  if ('removeRoute' in step) return { kind: 'removeRoute', name: step.removeRoute };
  return { kind: 'mirror', ...toMirror(step) };
}

const toRamp = ({ ramp }: Of<'ramp'>): StepTemplate => ({
  kind: 'ramp',
  from: toShare(ramp.from),
  to: toShare(ramp.to),
  steps: ramp.steps,
  over: toDuration(ramp.over),
});

const toMirror = ({ mirror }: Of<'mirror'>): { readonly mirror?: Mirror } =>
  mirror === 'off' ? {} : { mirror: { share: toShare(mirror.percent), methods: mirror.methods } };

const toBakeUntil = ({ bakeUntil: { toFind, power, atMost } }: Of<'bakeUntil'>): StepTemplate => ({
  kind: 'bake',
  length: toDuration(atMost),
  toFind: { ratio: toFind, power },
});

const toPause = ({ pause: { for: length } }: Of<'pause'>): StepTemplate => ({
  kind: 'pause',
  ...(length === undefined ? {} : { length: toDuration(length) }),
});

const toAnalyze = ({ analyze: { metrics, iterations } }: Of<'analyze'>): StepTemplate => ({
  kind: 'analyze',
  metrics: metrics.map(toMetricSpec),
  ...(iterations === undefined ? {} : { iterations }),
});
