import { backOff, mostAttempts } from '@spillway/domain-notification';
import { after, duration, instant, type NotificationName } from '@spillway/kernel';
import type { Logger } from '../port/logger.js';
import type { NotificationEndpoint } from '../port/notification-store.js';
import type { SendOutcome } from '../port/notifier.js';
import type { DeliveryAttempt, OutgoingDelivery, Tried } from '../port/outgoing-delivery-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';

/** Then others have their turn. */
const mostInOneGo = 50;

/** What nobody got within a day is of no use to anybody on the next. */
const longestMs = 24 * 3_600_000;

type NotifyDeps = Pick<LoopDeps, 'unitOfWork' | 'notifier' | 'clock' | 'logger'>;

interface Turn {
  readonly endpoint: NotificationEndpoint;
  readonly delivery: OutgoingDelivery;
  readonly at: DeliveryAttempt['at'];
}

/**
 * Delivers what is due to one endpoint, one after another. An attempt is noted when it is over, so
 * a worker that dies in between has it repeated, under the same id.
 */
export const notify =
  (deps: NotifyDeps) =>
  async (name: NotificationName): Promise<void> => {
    for (let sent = 0; sent < mostInOneGo; sent += 1) {
      const turn = await deps.unitOfWork.run((tx) => nextTurn(tx, name));
      if (turn === undefined) return;
      const { endpoint, delivery, at } = turn;
      const from = deps.clock.now();
      const { id, notice } = delivery;
      const outcome = await deps.notifier.send({ id, notice, channel: endpoint.channel, at });
      const took = duration(Math.max(0, deps.clock.now() - from));
      await deps.unitOfWork.run((tx) =>
        note(tx, turn, outcome, { at, took, ...reasonOf(outcome) }),
      );
      log(deps.logger, turn, outcome);
    }
    await deps.unitOfWork.run((tx) => tx.jobs.enqueue({ kind: 'notify', endpoint: name }));
  };

/** What is due now. When nothing is, the job comes again when something will be. */
async function nextTurn(tx: Tx, name: NotificationName): Promise<Turn | undefined> {
  const endpoint = await tx.notifications.get(name);
  if (endpoint === undefined) return undefined;
  await tx.outgoingDeliveries.giveUp(name, instant(tx.now - longestMs));
  const [first] = await tx.outgoingDeliveries.heads(name, 1);
  if (first === undefined) return undefined;
  const rest = await tx.outgoingDeliveries.rest(name);
  const from = instant(Math.max(first.dueAt, rest?.until ?? 0));
  if (from <= tx.now) return { endpoint, delivery: first, at: tx.now };
  await tx.jobs.enqueue({ kind: 'notify', endpoint: name }, from);
  return undefined;
}

async function note(
  tx: Tx,
  { endpoint, delivery }: Turn,
  outcome: SendOutcome,
  attempt: DeliveryAttempt,
): Promise<void> {
  const { outgoingDeliveries } = tx;
  if (outcome.kind === 'sent') {
    await outgoingDeliveries.setRest(endpoint.name, undefined);
    await outgoingDeliveries.tried(delivery.id, { attempt, state: 'delivered', dueAt: tx.now });
    return;
  }
  if (outcome.fault === 'endpoint') {
    const failures = ((await outgoingDeliveries.rest(endpoint.name))?.failures ?? 0) + 1;
    const until = after(tx.now, backOff(failures, outcome.after));
    await outgoingDeliveries.setRest(endpoint.name, { failures, until });
  }
  await outgoingDeliveries.tried(delivery.id, afterFailure(tx, delivery, outcome, attempt));
}

function afterFailure(
  { now }: Tx,
  { tries }: OutgoingDelivery,
  { fault, after: asked }: Extract<SendOutcome, { kind: 'failed' }>,
  attempt: DeliveryAttempt,
): Tried {
  if (fault === 'gone' || tries + 1 >= mostAttempts) return { attempt, state: 'dead', dueAt: now };
  // An endpoint that rests makes all of its deliveries wait; one of them must not wait for longer.
  const dueAt = fault === 'endpoint' ? now : after(now, backOff(tries + 1, asked));
  return { attempt, state: 'pending', dueAt };
}

const reasonOf = (outcome: SendOutcome): Pick<DeliveryAttempt, 'status' | 'because'> => ({
  ...(outcome.status === undefined ? {} : { status: outcome.status }),
  ...(outcome.kind === 'sent' ? {} : { because: outcome.because }),
});

function log(logger: Logger, { endpoint, delivery }: Turn, outcome: SendOutcome): void {
  if (outcome.kind === 'sent') return;
  const about = {
    endpoint: endpoint.name,
    delivery: delivery.id,
    release: delivery.notice.release.id,
  };
  logger.warn({ ...about, because: outcome.because }, 'a notification was not delivered');
}
