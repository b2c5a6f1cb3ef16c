import { ok, refusal, refuse, type ClusterName } from '@spillway/kernel';
import { visible, visiblePage } from '../access/visible.js';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { ClusterStatus, UseCases } from './use-cases.js';

export const putCluster =
  (deps: UseCaseDeps): UseCases['putCluster'] =>
  async (cluster, caller) => {
    const wanted = { operation: 'putCluster', input: cluster, caller } as const;
    const put = await change(deps, wanted, async (tx) => {
      const before = await tx.clusters.lock(cluster.name);
      const value = await tx.clusters.put(cluster);
      return ok({ value, subject: `cluster ${cluster.name}`, before, after: value });
    });
    if (put.ok) deps.onClusterPut(put.value);
    return put;
  };

export const getCluster =
  (deps: UseCaseDeps): UseCases['getCluster'] =>
  async (name) => {
    const record = await deps.unitOfWork.read((tx) => tx.clusters.get(name));
    if (record === undefined) return refuse(notFound('UNKNOWN_CLUSTER', name));
    return ok(statusOf(record, deps.links.find(name)));
  };

export const getClusters =
  ({ unitOfWork, links }: UseCaseDeps): UseCases['getClusters'] =>
  async (names, caller) => {
    const records = await unitOfWork.read(async (tx) =>
      visible(tx, caller, await tx.clusters.getAll(names), ({ name }) => ({ clusters: [name] })),
    );
    return ok(records.map((record) => statusOf(record, links.find(record.name))));
  };

export const listClusters =
  ({ unitOfWork, links }: UseCaseDeps): UseCases['listClusters'] =>
  async (page, caller) => {
    const { items, ...rest } = await unitOfWork.read((tx) =>
      visiblePage(
        tx,
        caller,
        page,
        (part) => tx.clusters.list(part),
        ({ name }) => ({ clusters: [name] }),
      ),
    );
    const statuses = items.map((record) => statusOf(record, links.find(record.name)));
    return ok({ ...rest, items: statuses });
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
  (deps: UseCaseDeps): UseCases['removeCluster'] =>
  async (name, caller) => {
    const wanted = { operation: 'removeCluster', input: name, caller } as const;
    const removed = await change(deps, wanted, async (tx) => {
      const before = await tx.clusters.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_CLUSTER', name));
      const services = await tx.services.countIn(name);
      if (services > 0)
        return refuse(inUse(name, `${services} ${services === 1 ? 'service' : 'services'}`));
      const policies = await tx.egress.countIn(name);
      if (policies > 0)
        return refuse(inUse(name, `${policies} egress ${policies === 1 ? 'policy' : 'policies'}`));
      await tx.clusters.remove(name);
      return ok({ value: undefined, subject: `cluster ${name}`, before });
    });
    if (removed.ok) await deps.links.forget(name);
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
    const record = await unitOfWork.read((tx) => tx.clusters.get(name));
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
