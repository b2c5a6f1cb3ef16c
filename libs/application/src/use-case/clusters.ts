import { ok, refusal, refuse, type ClusterName } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { ClusterStatus, UseCases } from './use-cases.js';

export const putCluster =
  ({ unitOfWork, onClusterPut }: UseCaseDeps): UseCases['putCluster'] =>
  async (cluster) => {
    const record = await unitOfWork.run((tx) => tx.clusters.put(cluster));
    onClusterPut(record);
    return ok(record);
  };

export const getCluster =
  (deps: UseCaseDeps): UseCases['getCluster'] =>
  async (name) => {
    const record = await deps.unitOfWork.run((tx) => tx.clusters.get(name));
    if (record === undefined) return refuse(notFound('UNKNOWN_CLUSTER', name));
    return ok(statusOf(record, deps.links.find(name)));
  };

export const listClusters =
  ({ unitOfWork, links }: UseCaseDeps): UseCases['listClusters'] =>
  async (page) => {
    const { items, ...rest } = await unitOfWork.run((tx) => tx.clusters.list(page));
    return { ...rest, items: items.map((record) => statusOf(record, links.find(record.name))) };
  };

/** What this process sees, or else what a worker saw last. */
function statusOf(record: ClusterRecord, link: ClusterLink | undefined): ClusterStatus {
  const seen = link?.state() ?? record.lastState;
  if (seen === undefined) return { record, state: 'notConnected' };
  const { kind: state, ...detail } = seen;
  return { record, state, ...detail };
}

/** A cluster that a service is in would leave its releases without a place. */
export const removeCluster =
  ({ unitOfWork, links }: UseCaseDeps): UseCases['removeCluster'] =>
  async (name) => {
    const removed = await unitOfWork.run(async (tx) => {
      if ((await tx.clusters.get(name)) === undefined) {
        return refuse(notFound('UNKNOWN_CLUSTER', name));
      }
      const services = await tx.services.countIn(name);
      if (services > 0)
        return refuse(inUse(name, `${services} ${services === 1 ? 'service' : 'services'}`));
      const policies = await tx.egress.countIn(name);
      if (policies > 0)
        return refuse(inUse(name, `${policies} egress ${policies === 1 ? 'policy' : 'policies'}`));
      await tx.clusters.remove(name);
      return ok(undefined);
    });
    if (removed.ok) await links.forget(name);
    return removed;
  };

const inUse = (name: ClusterName, what: string) =>
  refusal(
    'CLUSTER_IN_USE',
    `Cluster "${name}" has ${what}.`,
    'Take it out of their clusters first.',
  );

/** Through a link of its own, which is closed again, where this process has none. */
export const probeCluster =
  ({ unitOfWork, links, connector }: UseCaseDeps): UseCases['probeCluster'] =>
  async (name) => {
    const record = await unitOfWork.run((tx) => tx.clusters.get(name));
    if (record === undefined) return refuse(notFound('UNKNOWN_CLUSTER', name));
    const known = links.find(name);
    if (known !== undefined) return ok(await known.probe());
    const { connection } = record;
    const link = connector.connect({ cluster: name, connection, onChange: () => undefined });
    try {
      return ok(await link.probe());
    } finally {
      await link.close();
    }
  };
