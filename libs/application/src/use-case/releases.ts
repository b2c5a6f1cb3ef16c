import { ok, refuse } from '@spillway/kernel';
import { visibleReleasePage, visibleReleases } from '../access/visible.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

export const getRelease =
  ({ unitOfWork }: UseCaseDeps): UseCases['getRelease'] =>
  async (id) => {
    const release = await unitOfWork.read((tx) => tx.releases.get(id));
    return release === undefined ? refuse(notFound('UNKNOWN_RELEASE', id)) : ok(release);
  };

export const getReleases =
  ({ unitOfWork }: UseCaseDeps): UseCases['getReleases'] =>
  async (ids, caller) =>
    ok(
      await unitOfWork.read(async (tx) =>
        visibleReleases(tx, caller, await tx.releases.getAll(ids)),
      ),
    );

export const getRunningReleases =
  ({ unitOfWork }: UseCaseDeps): UseCases['getRunningReleases'] =>
  async (services, caller) =>
    ok(
      await unitOfWork.read(async (tx) =>
        visibleReleases(tx, caller, await tx.releases.runningOf(services)),
      ),
    );

export const getFeedPosition =
  ({ unitOfWork }: UseCaseDeps): UseCases['getFeedPosition'] =>
  async () =>
    ok(await unitOfWork.read(async (tx) => (await tx.releases.recent(undefined, 1)).end));

export const listReleases =
  ({ unitOfWork }: UseCaseDeps): UseCases['listReleases'] =>
  async (filter, page, caller) =>
    ok(
      await unitOfWork.read((tx) =>
        visibleReleasePage(tx, caller, page, (part) => tx.releases.list(filter, part)),
      ),
    );

export const listEvents =
  ({ unitOfWork }: UseCaseDeps): UseCases['listEvents'] =>
  (id, { after, limit }) =>
    unitOfWork.read(async (tx) => {
      const events = await tx.releases.events(id, after, limit);
      // Every release has a first event: where there are some, it is there.
      if (events.length > 0 || (await tx.releases.get(id)) !== undefined) return ok(events);
      return refuse(notFound('UNKNOWN_RELEASE', id));
    });

export const listLooks =
  ({ unitOfWork }: UseCaseDeps): UseCases['listLooks'] =>
  (id, { filter, page }) =>
    unitOfWork.read(async (tx) => {
      const release = await tx.releases.get(id);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', id));
      return ok(await tx.measurements.looks(id, filter, page));
    });
