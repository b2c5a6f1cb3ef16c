import { isSameJson, ownershipOf, protocolOf } from '@spillway/domain-istio';
import {
  ok,
  refusal,
  refuse,
  type ClusterName,
  type Refusal,
  type ServiceName,
} from '@spillway/kernel';
import { visible, visiblePage, type ItemPlace } from '../access/visible.js';
import { namespaceOf } from '../access/where.js';
import { reviewAccessLog } from '../loop/access-log.js';
import type { NewService, ServiceRecord } from '../port/service-store.js';
import type { PageRequest } from '../port/page.js';
import type { Reads, Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

/**
 * Adds a service or changes what people say about it. `stable` counts until a
 * release has succeeded: from then on it is what that release made it, so
 * applying an old file again does not bring an old version back.
 */
export const putService =
  (deps: UseCaseDeps): UseCases['putService'] =>
  (service, caller) =>
    change(deps, { operation: 'putService', input: service, caller }, async (tx) => {
      const missing = await firstUnknown(tx, service.clusters);
      if (missing !== undefined) return refuse(notFound('UNKNOWN_CLUSTER', missing, 'clusters'));
      const known = await tx.services.lock(service.service);
      const busy = known && (await refuseWhileBusy(tx, known, service));
      if (busy !== undefined) return refuse(busy);
      const stable =
        known !== undefined && (await isReleased(tx, known)) ? known.stable : service.stable;
      const put = await tx.services.put({ ...service, stable });
      if (known !== undefined) await reviewAccessLog(tx, known, known.clusters);
      await reviewAccessLog(tx, put, put.clusters);
      return ok({ value: put, subject: `service ${service.service}`, before: known, after: put });
    });

async function isReleased(tx: Tx, { service }: ServiceRecord): Promise<boolean> {
  const succeeded = await tx.releases.list({ service, phase: 'succeeded' }, { limit: 1 });
  const running = await tx.releases.running(service);
  return succeeded.items.length > 0 || running !== undefined;
}

async function firstUnknown(
  tx: Tx,
  names: readonly ClusterName[],
): Promise<ClusterName | undefined> {
  const known = new Set((await tx.clusters.getAll(names)).map(({ name }) => name));
  return names.find((name) => !known.has(name));
}

/** How a release knows which objects are the service's. What to do about drift is in its plan. */
const routingOf = (service: NewService) => ({
  host: service.host,
  port: service.port,
  protocol: protocolOf(service),
  versionLabel: service.versionLabel,
  versionHost: service.versionHost,
  edge: service.edge,
  ownership: ownershipOf(service),
});

const clustersOf = ({ clusters }: NewService) => [...clusters].sort();

/**
 * A running release is pinned to the service as it was when it started. One that is
 * over and has something left to write finds its objects by how the service is routed.
 */
async function refuseWhileBusy(
  tx: Tx,
  known: ServiceRecord,
  wanted: NewService,
): Promise<Refusal | undefined> {
  const isRouted = isSameJson(routingOf(known), routingOf(wanted));
  if (isRouted && isSameJson(clustersOf(known), clustersOf(wanted))) return undefined;
  const running = await tx.releases.running(known.service);
  if (running !== undefined) {
    return refusal(
      'SERVICE_BUSY',
      `Service "${known.service}" is being released (${running.id}), so its routing cannot change.`,
      'Wait until the release is over, or abort it.',
    );
  }
  const [left] = isRouted ? [] : await tx.releases.unsettledOf(known.service);
  if (left === undefined) return undefined;
  const [cluster, release] = left;
  return refusal(
    'SERVICE_BUSY',
    `Release ${release} of "${known.service}" is over and has something left to write in ${cluster}, so its routing cannot change.`,
    `Subsets that nothing names are removed half a minute after a release; if ${cluster} is away, wait until it is back.`,
  );
}

export const getService =
  ({ unitOfWork }: UseCaseDeps): UseCases['getService'] =>
  async (name: ServiceName) => {
    const record = await unitOfWork.read((tx) => tx.services.get(name));
    return record === undefined ? refuse(notFound('UNKNOWN_SERVICE', name)) : ok(record);
  };

const placeOf = ({ service, clusters }: ServiceRecord): ItemPlace => ({
  namespace: namespaceOf(service),
  clusters,
});

export const getServices =
  ({ unitOfWork }: UseCaseDeps): UseCases['getServices'] =>
  async (names, caller) =>
    ok(
      await unitOfWork.read(async (tx) =>
        visible(tx, caller, await tx.services.getAll(names), placeOf),
      ),
    );

export const listServices =
  ({ unitOfWork }: UseCaseDeps): UseCases['listServices'] =>
  async (listing, caller) => {
    const read = (tx: Reads) => (part: PageRequest) => tx.services.list({ ...listing, ...part });
    return ok(await unitOfWork.read((tx) => visiblePage(tx, caller, listing, read(tx), placeOf)));
  };
