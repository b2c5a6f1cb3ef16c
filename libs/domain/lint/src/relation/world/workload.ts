import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';
import { carries, labelsOf, type Labels } from './labels.js';

/** Pods, or what makes them: in a folder of manifests there are Deployments instead. */
export interface Workload {
  readonly object: MeshObject;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly { readonly name: string; readonly number: number }[];
}

const templated = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);

/** Whether the object tells that pods are known: a WorkloadEntry alone does not. */
export const isWorkload = ({ kind }: MeshObject): boolean => kind === 'Pod' || templated.has(kind);

export function readWorkload(object: MeshObject): readonly Workload[] {
  const { metadata, kind } = object;
  const spec = new Spot(object.spec, 'spec');
  if (kind === 'Pod') return [workload(object, metadata.labels ?? {}, spec)];
  if (kind === 'WorkloadEntry') return [workload(object, labelsOf(spec.at('labels')), spec)];
  if (!templated.has(kind)) return [];
  const template = spec.at('template');
  return [workload(object, labelsOf(template.at('metadata').at('labels')), template.at('spec'))];
}

function workload(object: MeshObject, labels: Labels, pod: Spot): Workload {
  const containers = pod.at('containers').items();
  const ports = containers.flatMap((container) => container.at('ports').items());
  return {
    object,
    namespace: object.metadata.namespace,
    labels,
    ports: ports.map((port) => ({
      name: port.at('name').text,
      number: port.at('containerPort').number ?? 0,
    })),
  };
}

export const selectedBy = (
  workloads: readonly Workload[],
  selector: Labels,
  namespace?: string,
): readonly Workload[] =>
  workloads.filter(
    (one) =>
      (namespace === undefined || one.namespace === namespace) && carries(one.labels, selector),
  );
