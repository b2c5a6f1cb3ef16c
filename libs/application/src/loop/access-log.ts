import { accessLogPlace, renderTelemetry } from '@spillway/domain-istio';
import {
  after,
  duration,
  namespaceName,
  splitServiceName,
  type ClusterName,
  type NamespaceName,
} from '@spillway/kernel';
import type { AccessLogSetting } from '../port/cluster-link.js';
import type { Job } from '../port/job-queue.js';
import type { ServiceRecord } from '../port/service-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';

type AccessLogJob = Extract<Job, { kind: 'accessLog' }>;

/** A log is worth trying again for, but nothing waits for it. */
const retryAfter = { unreachable: duration(5_000), refused: duration(60_000) };

/**
 * Turns the access log of a service on or off in one cluster and namespace, as it
 * should be now. One write, nothing is read; no release waits for it or fails by it.
 */
export const setAccessLog =
  ({ unitOfWork, links, logger }: LoopDeps) =>
  async (job: AccessLogJob): Promise<void> => {
    const { service: name, cluster } = job;
    const found = await unitOfWork.run(async (tx) => ({
      record: await tx.clusters.get(cluster),
      setting: await settingFor(tx, job),
    }));
    if (found.record === undefined || found.setting === undefined) return;
    const outcome = await links.to(found.record).setAccessLog(found.setting);
    if (outcome.kind === 'applied' || outcome.kind === 'conflict') return;
    const what = found.setting.telemetry === undefined ? 'off' : 'on';
    logger.warn({ service: name, cluster }, `access log not ${what}: ${outcome.reason}`);
    await unitOfWork.run((tx) => tx.jobs.enqueue(job, after(tx.now, retryAfter[outcome.kind])));
  };

async function settingFor(
  tx: Tx,
  { service: name, cluster, namespace }: AccessLogJob,
): Promise<AccessLogSetting | undefined> {
  const service = await tx.services.get(name);
  if (service === undefined) return undefined;
  const { accessLog } = service;
  const place = accessLogPlace(service, { namespace });
  // Somebody took the setting away, moved it to another namespace, or took the service out of the cluster.
  const isMeant = namespaceOf(service) === namespace && service.clusters.includes(cluster);
  if (accessLog === undefined || !isMeant) return { place };
  const release = await tx.releases.running(name);
  // Nothing is written for a release that has not begun to prepare.
  const isReleasing = release !== undefined && release.rollouts.length > 0;
  if (accessLog.during === 'release' && !isReleasing) return { place };
  return { place, telemetry: renderTelemetry(service, accessLog, release?.id) };
}

/** Looks at the log again in every cluster: a release began or ended, or somebody changed the setting. */
export async function reviewAccessLog(
  tx: Pick<Tx, 'jobs'>,
  service: Pick<ServiceRecord, 'service' | 'accessLog'>,
  clusters: readonly ClusterName[],
): Promise<void> {
  const namespace = namespaceOf(service);
  if (namespace === undefined) return;
  for (const cluster of clusters) {
    await tx.jobs.enqueue({ kind: 'accessLog', service: service.service, cluster, namespace });
  }
}

const namespaceOf = ({
  service,
  accessLog,
}: Pick<ServiceRecord, 'service' | 'accessLog'>): NamespaceName | undefined =>
  accessLog && namespaceName(accessLog.namespace ?? splitServiceName(service).namespace);
