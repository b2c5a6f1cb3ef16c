import { ownershipOf } from '@spillway/domain-istio';
import {
  expandPlan,
  type Plan,
  type Release,
  type SourceUse,
  type Strategy,
} from '@spillway/domain-release';
import {
  isVersion,
  ok,
  refusal,
  refuse,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import type { ServiceRecord } from '../port/service-store.js';
import type { Tx } from '../port/unit-of-work.js';
import { missingSource } from './missing-source.js';
import { notFound } from './not-found.js';
import { refuseUnfit } from './refuse-unfit.js';
import type { StartRelease } from './use-cases.js';

/** What a release needs to begin. */
export interface CheckedRelease {
  readonly service: ServiceRecord;
  readonly strategy: Strategy;
  readonly plan: Plan;
}

/** Whether the release may begin now; locks its service until the transaction ends. */
export async function checkRelease(
  tx: Tx,
  command: Pick<StartRelease, 'service' | 'candidate' | 'strategy' | 'id'>,
): Promise<Result<CheckedRelease, Refusal>> {
  if (!isVersion(command.candidate)) return refuse(notAVersion(command.candidate));
  const service = await tx.services.lock(command.service);
  if (service === undefined) return refuse(notFound('UNKNOWN_SERVICE', command.service, 'service'));
  const strategy = await tx.strategies.get(command.strategy);
  if (strategy === undefined) {
    return refuse(notFound('UNKNOWN_STRATEGY', command.strategy, 'strategy'));
  }
  const missing = await missingSource(tx, strategy);
  if (missing !== undefined) return refuse(withoutSource(strategy, missing));
  if (service.stable === command.candidate) return refuse(sameVersion(service));
  const taken = await refuseTaken(tx, service, command.id);
  if (taken !== undefined) return refuse(taken);
  const clusters = await tx.clusters.getAll(service.clusters);
  const plan = expandPlan(strategy, clusters);
  if (!plan.ok) return plan;
  const unfit = refuseUnfit(service, { ...command, plan: plan.value, clusters });
  return unfit === undefined
    ? ok({ service, strategy, plan: withDrift(plan.value, service) })
    : refuse(unfit);
}

/** By another release, that runs or has something left, or by this one itself. */
async function refuseTaken(
  tx: Tx,
  service: ServiceRecord,
  id: ReleaseId | undefined,
): Promise<Refusal | undefined> {
  if (id !== undefined && (await tx.releases.get(id)) !== undefined) return begunBefore(id);
  const running = await tx.releases.running(service.service);
  if (running !== undefined) return busy(running);
  return podsLeft(tx, service);
}

/** A release knows the Deployments of its own two versions: those of an earlier one would keep their share. */
async function podsLeft(tx: Tx, service: ServiceRecord): Promise<Refusal | undefined> {
  if (ownershipOf(service).kind !== 'replicas') return undefined;
  const unsettled = await tx.releases.unsettledOf(service.service);
  const cluster = service.clusters.find((name) => unsettled.has(name));
  if (cluster === undefined) return undefined;
  return refusal(
    'SERVICE_BUSY',
    `Release ${unsettled.get(cluster)} of "${service.service}" is over and has pods to scale in ${cluster}.`,
    `Wait until it has; if ${cluster} is lost, take it out of the service.`,
    'service',
  );
}

const withDrift = (plan: Plan, { drift }: ServiceRecord): Plan =>
  drift === undefined ? plan : { ...plan, drift };

const begunBefore = (id: ReleaseId): Refusal =>
  refusal(
    'INVALID_INPUT',
    `Release ${id} began already.`,
    'Make a new plan, or leave the id out.',
    'id',
  );

const notAVersion = (candidate: string): Refusal =>
  refusal(
    'INVALID_INPUT',
    `"${candidate}" cannot be the name of a subset.`,
    'Use the value of the version label: letters, digits and "-", at most 63.',
    'candidate',
  );

const withoutSource = ({ name }: Strategy, { source, field }: SourceUse): Refusal =>
  refusal(
    'UNKNOWN_SOURCE',
    `Strategy "${name}" asks source "${source}" at ${field}, and there is none.`,
    'List them with "spillway source list", and add it or change the strategy.',
    'strategy',
  );

const sameVersion = ({ service, stable }: ServiceRecord): Refusal =>
  refusal(
    'SAME_VERSION',
    `Service "${service}" already serves ${stable}.`,
    'Name the version that should replace it.',
    'candidate',
  );

const busy = ({ service, id, candidate, phase }: Release): Refusal =>
  refusal(
    'SERVICE_BUSY',
    `Service "${service}" is already releasing ${candidate} (${id}, ${phase}).`,
    `Wait for it with "spillway release watch ${id}", or abort it.`,
    'service',
  );
