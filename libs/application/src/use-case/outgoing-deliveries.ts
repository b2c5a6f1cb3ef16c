import { ok, refuse } from '@spillway/kernel';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

export const getOutgoingDelivery =
  ({ unitOfWork }: UseCaseDeps): UseCases['getOutgoingDelivery'] =>
  async (id) => {
    const found = await unitOfWork.read((tx) => tx.outgoingDeliveries.get(id));
    return found === undefined ? refuse(notFound('UNKNOWN_DELIVERY', id)) : ok(found);
  };

export const listOutgoingDeliveries =
  ({ unitOfWork }: UseCaseDeps): UseCases['listOutgoingDeliveries'] =>
  async (filter, page) =>
    ok(await unitOfWork.read((tx) => tx.outgoingDeliveries.list(filter, page)));

/** Dead, delivered or waiting: it is sent again, in the form of today and to where its endpoint is now. */
export const redeliverOutgoing =
  (deps: UseCaseDeps): UseCases['redeliverOutgoing'] =>
  (id, caller) =>
    change(deps, { operation: 'redeliverOutgoing', input: id, caller }, async (tx) => {
      const before = await tx.outgoingDeliveries.get(id);
      if (before === undefined) return refuse(notFound('UNKNOWN_DELIVERY', id));
      const { endpoint } = before;
      await tx.outgoingDeliveries.requeue(id);
      await tx.outgoingDeliveries.setRest(endpoint, undefined);
      await tx.jobs.enqueue({ kind: 'notify', endpoint });
      const value = (await tx.outgoingDeliveries.get(id)) ?? before;
      return ok({ value, subject: `delivery ${id}`, before, after: value });
    });
