import type { Plan } from '@spillway/domain-release';
import { refusal, type Refusal } from '@spillway/kernel';
import { namelessness } from '../loop/trace.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { NewService } from '../port/service-store.js';

/** Why a plan that waits for proxies would wait for ever. */
export function refuseUnverifiable(
  service: NewService,
  { plan, clusters }: { readonly plan: Plan; readonly clusters: readonly ClusterRecord[] },
): Refusal | undefined {
  if (plan.verify !== 'distributed') return undefined;
  const mute = clusters.filter(({ proxies }) => proxies === undefined).map(({ name }) => name);
  if (mute.length > 0) {
    return refusal(
      'INVALID_STRATEGY',
      `The strategy waits for proxies, and nobody can be asked for those of ${mute.join(', ')}.`,
      'Give the cluster "proxies" with its istiods or its Envoys, or set verify to readBack.',
      'strategy',
    );
  }
  const because = namelessness(service);
  if (because === undefined) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    `The strategy waits for proxies, which cannot tell routings of "${service.service}" apart: ${because}.`,
    'Set verify to readBack.',
    'strategy',
  );
}
