import type { Caller, UseCases } from '@spillway/application';
import { ok, type DeliveryId, type Refusal, type Result } from '@spillway/kernel';
import { toOutgoingDeliveryView } from '../notification/outgoing-delivery-view.js';
import { toReceivedDeliveryView } from '../webhook/received-delivery-view.js';
import type { DeliveryView } from './delivery-view.js';

type Found = Promise<Result<DeliveryView, Refusal>>;

const isUnknown = (result: Result<unknown, Refusal>): boolean =>
  !result.ok && result.error.code === 'UNKNOWN_DELIVERY';

/** Ids do not say their direction: what did not come in goes out. */
export async function getDelivery(useCases: UseCases, id: DeliveryId, caller: Caller): Found {
  const received = await useCases.getReceivedDelivery(id, caller);
  if (!isUnknown(received)) {
    return received.ok ? ok(toReceivedDeliveryView(received.value)) : received;
  }
  const outgoing = await useCases.getOutgoingDelivery(id, caller);
  return outgoing.ok ? ok(toOutgoingDeliveryView(outgoing.value)) : outgoing;
}

export async function redeliver(useCases: UseCases, id: DeliveryId, caller: Caller): Found {
  const received = await useCases.redeliverReceived(id, caller);
  if (!isUnknown(received)) {
    return received.ok ? ok(toReceivedDeliveryView(received.value)) : received;
  }
  const outgoing = await useCases.redeliverOutgoing(id, caller);
  return outgoing.ok ? ok(toOutgoingDeliveryView(outgoing.value)) : outgoing;
}
