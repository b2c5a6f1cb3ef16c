import { describeReplicas, ownershipOf, protocolOf } from '@spillway/domain-istio';
import { describeStep, stepBeyondLimits, type Plan } from '@spillway/domain-release';
import type { ServiceRecord } from '../port/service-store.js';

/** What a release will do that people do not expect, in sentences. */
export const warningsOf = (service: ServiceRecord, plan: Plan): readonly string[] => [
  ...connectionWarning(service),
  ...mirrorWarning(plan),
  ...comparisonWarning(plan),
  ...roundingWarnings(service, plan),
  ...limitWarning(plan),
];

/** TCP weights live in the listener (istio §1.3). */
function connectionWarning(service: ServiceRecord): readonly string[] {
  const protocol = protocolOf(service);
  if (protocol !== 'tcp' && protocol !== 'tls') return [];
  return [
    `${protocol.toUpperCase()} weights are part of the listener: each step drains the open connections of every caller.`,
  ];
}

function mirrorWarning({ steps }: Plan): readonly string[] {
  const copies = steps.some((step) => step.kind === 'mirror' && step.mirror?.methods === 'all');
  if (!copies) return [];
  return [
    'The mirror copies every method: what a POST or DELETE does is done twice, unless the candidate has stores of its own. With methods: safe only GET and HEAD are copied.',
  ];
}

/**
 * Judges of counts rest on requests that are drawn by chance, each for itself. Users differ from each
 * other, and those that a route picks differ from the rest.
 */
function comparisonWarning({ steps, sticky }: Plan): readonly string[] {
  const compares = steps.some(
    (step) => 'metrics' in step && step.metrics.some(({ judge }) => judge !== undefined),
  );
  const picked = steps.some(({ kind }) => kind === 'route');
  if (!compares || (sticky === undefined && !picked)) return [];
  const how = picked ? 'Routes pick the requests' : 'A cookie keeps users at the version';
  return [
    `${how} that the candidate gets, so its users may be others than stable’s: only when it is more than 3 times as bad is that held against it, and the split is not judged. Bounds hold as ever.`,
  ];
}

function roundingWarnings(service: ServiceRecord, { steps }: Plan): readonly string[] {
  const ownership = ownershipOf(service);
  if (ownership.kind !== 'replicas') return [];
  const weights = steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []));
  return [...new Set(weights)].map((weight) => describeReplicas(ownership.total, weight));
}

function limitWarning(plan: Plan): readonly string[] {
  const index = stepBeyondLimits(plan);
  const step = plan.steps[index ?? -1];
  if (index === undefined || step === undefined) return [];
  return [
    `Step ${index + 1} of ${plan.steps.length}, wave ${step.wave + 1} (${describeStep(step)}) goes beyond the limits: the release waits there until somebody promotes.`,
  ];
}
