import { describeReplicas, ownershipOf, protocolOf } from '@spillway/domain-istio';
import type { Plan } from '@spillway/domain-release';
import type { ServiceRecord } from '../port/service-store.js';

/** What a release will do that people do not expect, in sentences. */
export const warningsOf = (service: ServiceRecord, plan: Plan): readonly string[] => [
  ...connectionWarning(service),
  ...mirrorWarning(plan),
  ...roundingWarnings(service, plan),
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

function roundingWarnings(service: ServiceRecord, { steps }: Plan): readonly string[] {
  const ownership = ownershipOf(service);
  if (ownership.kind !== 'replicas') return [];
  const weights = steps.flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []));
  return [...new Set(weights)].map((weight) => describeReplicas(ownership.total, weight));
}
