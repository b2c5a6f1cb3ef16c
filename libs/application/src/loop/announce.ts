import { toNotices, wants, type Commit, type Notice } from '@spillway/domain-notification';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { deliveryId, instant, type ReleaseId } from '@spillway/kernel';
import type { NewOutgoingDelivery } from '../port/outgoing-delivery-store.js';
import type { NotificationEndpoint } from '../port/notification-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';

/** Ended deliveries are kept so long. */
const keptMs = 30 * 24 * 3_600_000;

/**
 * The one way in which a release is stored. Whoever wants to hear of it has a job in the same
 * transaction, and nothing more: what an endpoint wants, and what it is told, is found out
 * by that job, so that nothing about notifications can fail or delay what happens to a release.
 */
export async function saveRelease(
  tx: Tx,
  release: Release,
  events: readonly ReleaseEvent[],
): Promise<void> {
  await tx.releases.save(release, events);
  const { id, service } = release;
  if (await tx.notifications.mayWant({ service, types: events.map(({ type }) => type) })) {
    await tx.jobs.enqueue({ kind: 'announce', release: id });
  }
}

/**
 * Makes a delivery of each event that somebody wants, and wakes who delivers them. Reads on from
 * where it was last; events of a release are numbered without gaps, and committed in that order.
 */
export const announce =
  ({ unitOfWork, newId }: Pick<LoopDeps, 'unitOfWork' | 'newId'>) =>
  async (release: ReleaseId): Promise<void> => {
    await unitOfWork.run(async (tx) => {
      const endpoints = await tx.notifications.all();
      const before = await tx.outgoingDeliveries.noticedUpTo(release);
      const notices = await noticesOf(tx, release);
      const last = notices.at(-1);
      if (last === undefined || last.sequence <= before) return;
      const deliveries = notices
        .filter(({ sequence }) => sequence > before)
        .flatMap((notice) => deliveriesOf(notice, endpoints, newId));
      await tx.outgoingDeliveries.add(deliveries);
      await tx.outgoingDeliveries.setNoticedUpTo(release, last.sequence);
      for (const endpoint of new Set(deliveries.map((one) => one.endpoint))) {
        await tx.jobs.enqueue({ kind: 'notify', endpoint });
      }
      await tx.outgoingDeliveries.forget(instant(tx.now - keptMs));
    });
  };

/** From the first event on: a notice tells the release as it was then. */
async function noticesOf(tx: Tx, release: ReleaseId): Promise<readonly Notice[]> {
  const history = await tx.releases.events(release, 0, Number.MAX_SAFE_INTEGER);
  const events = history.map(({ event }) => event);
  return toNotices(events, await commitOf(tx, release));
}

/** A release that came of a delivery has its id. */
async function commitOf(tx: Tx, release: ReleaseId): Promise<Commit | undefined> {
  const { sha, repository } = (await tx.received.get(deliveryId(release)))?.trigger ?? {};
  return sha === undefined
    ? undefined
    : { sha, ...(repository === undefined ? {} : { repository }) };
}

const deliveriesOf = (
  notice: Notice,
  endpoints: readonly NotificationEndpoint[],
  newId: () => string,
): readonly NewOutgoingDelivery[] =>
  endpoints
    .filter((endpoint) => notice.at >= endpoint.since && wants(endpoint, notice))
    .map(({ name }) => ({ id: deliveryId(newId()), endpoint: name, notice }));
