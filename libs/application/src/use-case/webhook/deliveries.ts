import { ok, refusal, refuse, type Refusal } from '@spillway/kernel';
import type { ReceivedDelivery } from '../../port/received-store.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

export const getReceivedDelivery =
  ({ unitOfWork }: UseCaseDeps): UseCases['getReceivedDelivery'] =>
  async (id) => {
    const found = await unitOfWork.read((tx) => tx.received.get(id));
    return found === undefined ? refuse(notFound('UNKNOWN_DELIVERY', id)) : ok(found);
  };

export const listReceivedDeliveries =
  ({ unitOfWork }: UseCaseDeps): UseCases['listReceivedDeliveries'] =>
  async (filter, page) =>
    ok(await unitOfWork.read((tx) => tx.received.list(filter, page)));

/** Asks the rules again, as they are now. A delivery makes one release, however often it is asked. */
export const redeliverReceived =
  (deps: UseCaseDeps): UseCases['redeliverReceived'] =>
  (id, caller) =>
    change(deps, { operation: 'redeliverReceived', input: id, caller }, async (tx) => {
      const before = await tx.received.lock(id);
      if (before === undefined) return refuse(notFound('UNKNOWN_DELIVERY', id));
      const refused = refuseUnusable(before);
      if (refused !== undefined) return refuse(refused);
      await tx.received.settle(id, { state: 'pending' }, tx.now);
      await tx.jobs.enqueue({ kind: 'trigger', delivery: id });
      const { settledAt: _, ...rest } = before;
      const value: ReceivedDelivery = { ...rest, outcome: { state: 'pending' } };
      return ok({ value, subject: `delivery ${id}`, before, after: value });
    });

function refuseUnusable({ id, outcome, trigger }: ReceivedDelivery): Refusal | undefined {
  if (outcome.state === 'released') {
    return refusal(
      'DELIVERY_NOT_USABLE',
      `Release ${outcome.release} came of delivery ${id} already.`,
      'To release again, start a release.',
    );
  }
  if (trigger !== undefined) return undefined;
  const because = outcome.state === 'ignored' ? `: ${outcome.because}` : '';
  return refusal(
    'DELIVERY_NOT_USABLE',
    `Delivery ${id} tells of nothing that rules are asked about${because}.`,
    'Let the sender send one of the events that are read.',
  );
}
