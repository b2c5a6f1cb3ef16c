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
  type Version,
} from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
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

type Asked = Pick<StartRelease, 'service' | 'candidate' | 'strategy' | 'id'>;

/** Whether the release may begin now; locks its service until the transaction ends. */
export async function checkRelease(
  tx: Tx,
  command: Asked,
): Promise<Result<CheckedRelease, Refusal>> {
  const checked = await checkAsked(tx, command);
  if (!checked.ok) return checked;
  const { service } = checked.value;
  const taken = refuseSame(service, command) ?? (await refuseTaken(tx, service));
  return taken === undefined ? checked : refuse(taken);
}

/** Whether there can be such a release at all, whatever its service serves and does now. */
export async function checkAsked(tx: Tx, command: Asked): Promise<Result<CheckedRelease, Refusal>> {
  const begun = await refuseBegun(tx, command);
  if (begun !== undefined) return refuse(begun);
  if (!isVersion(command.candidate)) return refuse(notAVersion(command.candidate));
  const service = await tx.services.lock(command.service);
  if (service === undefined) return refuse(notFound('UNKNOWN_SERVICE', command.service, 'service'));
  const strategy = await tx.strategies.get(command.strategy);
  if (strategy === undefined) {
    return refuse(notFound('UNKNOWN_STRATEGY', command.strategy, 'strategy'));
  }
  const clusters = await tx.clusters.getAll(service.clusters);
  const plan = await checkPlan(tx, { service, strategy, clusters, candidate: command.candidate });
  return plan.ok ? ok({ service, strategy, plan: plan.value }) : plan;
}

interface Planned {
  readonly service: ServiceRecord;
  readonly strategy: Strategy;
  readonly clusters: readonly ClusterRecord[];
  readonly candidate: Version;
}

/** The plan of a strategy for a service in these clusters. */
export async function checkPlan(tx: Tx, planned: Planned): Promise<Result<Plan, Refusal>> {
  const { service, strategy, clusters, candidate } = planned;
  const missing = await missingSource(tx, strategy);
  if (missing !== undefined) return refuse(withoutSource(strategy, missing));
  const plan = expandPlan(strategy, clusters);
  if (!plan.ok) return plan;
  const wanted = { candidate, strategy: strategy.name, plan: plan.value, clusters };
  const unfit = refuseUnfit(service, wanted);
  return unfit === undefined ? ok(withDrift(plan.value, service)) : refuse(unfit);
}

async function refuseBegun(tx: Tx, { id }: Asked): Promise<Refusal | undefined> {
  const known = id === undefined ? undefined : await tx.releases.get(id);
  return known && begunBefore(known.id);
}

export const refuseSame = (
  service: ServiceRecord,
  { candidate }: Pick<Asked, 'candidate'>,
): Refusal | undefined => (service.stable === candidate ? sameVersion(service) : undefined);

/** By another release, that runs, was asked for before, or has something left. */
export async function refuseTaken(tx: Tx, service: ServiceRecord): Promise<Refusal | undefined> {
  const [first] = await tx.releases.queued(service.service);
  const taken = (await tx.releases.running(service.service)) ?? first;
  return taken === undefined ? podsLeft(tx, service) : busy(taken);
}

/** A release knows the Deployments of its own two versions: those of an earlier one would keep their share. */
export async function podsLeft(tx: Tx, service: ServiceRecord): Promise<Refusal | undefined> {
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
    `Wait for it with "spillway release watch ${id}", abort it, or say onBusy: queue or supersede.`,
    'service',
  );
