import {
  EVERYTHING,
  NOTHING,
  after,
  formatPercent,
  type BasisPoints,
  type Instant,
} from '@spillway/kernel';
import { isExposed } from '@spillway/domain-traffic';
import type { LiveDeployment, LiveRouting } from './live-routing.js';
import type { ReplicaOwnership, Traffic } from './traffic.js';
import type { NextWrite } from './write.js';

/** When to look again for pods that are starting; a wait as long as this is not spent in a worker's hand. */
const podsTake = 2_000;

/** How many pods of each version stand behind the Service, and what share that really is. */
export interface ReplicaSplit {
  readonly stable: number;
  readonly candidate: number;
  /** Of the candidate; Kubernetes spreads connections evenly, so this is what it gets. */
  readonly share: BasisPoints;
}

/**
 * The nearest split with this many pods in all. A version that is to have some
 * of the traffic has a pod at the least, so small weights are rounded up.
 */
export function replicaSplit(total: number, weight: BasisPoints): ReplicaSplit {
  const nearest = Math.round((total * weight) / EVERYTHING);
  const candidate =
    weight === NOTHING || weight === EVERYTHING
      ? nearest
      : Math.min(Math.max(nearest, 1), Math.max(total - 1, 1));
  const share = Math.round((candidate / total) * EVERYTHING) as BasisPoints;
  return { stable: total - candidate, candidate, share };
}

/** `1 of 8 pods, which is 12.5 % where 10 % were asked for`. */
export function describeReplicas(total: number, weight: BasisPoints): string {
  const { candidate, share } = replicaSplit(total, weight);
  const rounded = share === weight ? '' : ` where ${formatPercent(weight)} were asked for`;
  return `${candidate} of ${total} pods, which is ${formatPercent(share)}${rounded}`;
}

/**
 * Weights by replica counts, for a namespace without a mesh. Pods that are to come
 * are there and ready before others go, except on the way back: then the
 * candidate's go at once.
 */
export function nextScale(
  wanted: Traffic,
  ownership: ReplicaOwnership,
  live: LiveRouting,
  now: Instant,
): NextWrite {
  const arms = armsOf(wanted, ownership, live);
  if (typeof arms === 'string') return { do: 'stop', because: arms };
  const isBack = !isExposed(wanted.exposure);
  const [stable, candidate] = arms;
  // Unless nobody else would answer: then a pod of stable has to come first.
  const hasHeir = stable.live.ready > 0;
  if (isBack && hasHeir && candidate.live.replicas > candidate.target)
    return scale(candidate, wanted);
  const rising = arms.find(({ live: { replicas }, target }) => replicas < target);
  if (rising !== undefined) return scale(rising, wanted);
  const open = arms.find(({ live: { ready }, target }) => ready < target);
  const falling = arms.find(({ live: { replicas }, target }) => replicas > target);
  if (falling === undefined) return { do: 'nothing' };
  if (open === undefined) return scale(falling, wanted);
  const because = `${open.live.ready} of ${open.target} pods of ${open.live.name} are ready`;
  return { do: 'wait', until: after(now, podsTake), because };
}

/** Whether the pods are there as wanted. Going back asks only that the candidate's are not. */
export function isScaled(wanted: Traffic, ownership: ReplicaOwnership, live: LiveRouting): boolean {
  const arms = armsOf(wanted, ownership, live);
  if (typeof arms === 'string' || !hasReplicas(wanted, ownership, live)) return false;
  return (
    !isExposed(wanted.exposure) || arms.every(({ live: { ready }, target }) => ready >= target)
  );
}

/** Whether the Deployments ask for the wanted pods. */
export function hasReplicas(
  wanted: Traffic,
  ownership: ReplicaOwnership,
  live: LiveRouting,
): boolean {
  const arms = armsOf(wanted, ownership, live);
  if (typeof arms === 'string') return false;
  return arms.every(({ live: { replicas }, target }) => replicas === target);
}

interface Arm {
  readonly live: LiveDeployment;
  readonly target: number;
}

/** Stable and candidate; a string says what is missing. */
function armsOf(
  { stable, candidate, exposure }: Traffic,
  { total, deployment }: ReplicaOwnership,
  { deployments }: LiveRouting,
): readonly [Arm, Arm] | string {
  const split = replicaSplit(total, exposure.weight);
  const named = (version: typeof stable) => deployment.replaceAll('{version}', version);
  const of = (version: typeof stable, target: number) =>
    deployments?.get(version) ?? (target === 0 ? noPods(named(version)) : undefined);
  const stableLive = of(stable, split.stable);
  const candidateLive = of(candidate, split.candidate);
  if (stableLive === undefined || candidateLive === undefined) {
    const missing = stableLive === undefined ? stable : candidate;
    return `there is no Deployment ${named(missing)}`;
  }
  return [
    { live: stableLive, target: split.stable },
    { live: candidateLive, target: split.candidate },
  ];
}

/** A Deployment that is gone has no pods, which is all that is asked of it. */
const noPods = (name: string): LiveDeployment => ({
  name,
  replicas: 0,
  ready: 0,
  resourceVersion: '',
});

const scale = ({ live, target }: Arm, { service }: Traffic): NextWrite => ({
  do: 'patch',
  kind: 'Deployment',
  place: { namespace: service.service.split('/')[0] ?? '', name: live.name },
  operations: [
    { op: 'test', path: '/spec/replicas', value: live.replicas },
    { op: 'replace', path: '/spec/replicas', value: target },
  ],
  resourceVersion: live.resourceVersion,
});
