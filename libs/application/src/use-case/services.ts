import { ok, refuse, type ClusterName, type ServiceName } from '@spillway/kernel';
import { visible, visiblePage, type ItemPlace } from '../access/visible.js';
import { namespaceOf } from '../access/where.js';
import { reviewAccessLog } from '../loop/access-log.js';
import type { ServiceRecord } from '../port/service-store.js';
import type { PageRequest } from '../port/page.js';
import type { Reads, Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { lockRunning, refuseWhileBusy } from './change-while-releasing.js';
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
      const locked = await lockRunning(tx, service.service);
      const known = await tx.services.lock(service.service);
      // From here on nobody can begin a release of it.
      const running = known && (await tx.releases.running(known.service));
      const busy =
        known && (await refuseWhileBusy(tx, known, { service, locked, running, caller }));
      if (busy !== undefined) return refuse(busy);
      const isReleased = known && (running !== undefined || (await hasSucceeded(tx, known)));
      const stable = isReleased === true ? known.stable : service.stable;
      const put = await tx.services.put({ ...service, stable });
      if (known !== undefined) await reviewAccessLog(tx, known, known.clusters);
      await reviewAccessLog(tx, put, put.clusters);
      return ok({ value: put, subject: `service ${service.service}`, before: known, after: put });
    });

async function hasSucceeded(tx: Tx, { service }: ServiceRecord): Promise<boolean> {
  const succeeded = await tx.releases.list({ service, phase: 'succeeded' }, { limit: 1 });
  return succeeded.items.length > 0;
}

async function firstUnknown(
  tx: Tx,
  names: readonly ClusterName[],
): Promise<ClusterName | undefined> {
  const known = new Set((await tx.clusters.getAll(names)).map(({ name }) => name));
  return names.find((name) => !known.has(name));
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
