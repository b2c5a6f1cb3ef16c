import { randomUUID } from 'node:crypto';
import {
  deliveryId,
  ok,
  refusal,
  refuse,
  type DeliveryId,
  type Instant,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import type { ReceivedDelivery, ReceivedOutcome } from '../../port/received-store.js';
import type { Authentic, ReadDelivery } from '../../port/webhook-protocol.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { WebhookRecord } from '../../port/webhook-store.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import type { ReceiveDelivery, UseCases } from '../use-cases.js';

/**
 * Believes the signature and nothing before it, keeps what was delivered once, and leaves the
 * rest to a worker. The same delivery again, by the sender's id or by what was signed,
 * gives the first one. A webhook that is not there answers as a wrong signature does.
 */
export const receiveDelivery =
  (deps: UseCaseDeps): UseCases['receiveDelivery'] =>
  (sent, caller) =>
    change(deps, { operation: 'receiveDelivery', input: sent.webhook, caller }, async (tx) => {
      const authentic = await authenticated(deps, tx, sent);
      if (!authentic.ok) return authentic;
      const read = deps.webhooks.read(authentic.value.webhook, sent.delivery);
      if (!read.ok) return read;
      // A release that comes of it has the same.
      const id = deliveryId(deps.newReleaseId());
      const value = await tx.received.add(toDelivery(id, authentic.value, read.value, tx.now));
      const subject = `delivery ${value.id}`;
      if (value.id !== id) return ok({ value, subject, isRepeated: true as const });
      if (value.outcome.state === 'pending') {
        await tx.jobs.enqueue({ kind: 'trigger', delivery: id });
      }
      return ok({ value, subject, after: value });
    });

interface From extends Authentic {
  readonly webhook: WebhookRecord;
}

async function authenticated(
  { webhooks }: UseCaseDeps,
  tx: Tx,
  sent: ReceiveDelivery,
): Promise<Result<From, Refusal>> {
  const webhook = await tx.webhooks.get(sent.webhook);
  const secrets = await secretsOf(tx, webhook);
  const format = webhook ?? { provider: 'github' as const };
  const authentic = webhooks.authenticate(format, secrets, sent.delivery, tx.now);
  return webhook === undefined || authentic === undefined
    ? refuse(notSigned(sent))
    : ok({ webhook, ...authentic });
}

/** Without an id of its sender it is known by what was signed alone. */
function toDelivery(
  id: DeliveryId,
  { webhook, ...authentic }: From,
  read: ReadDelivery,
  receivedAt: Instant,
): ReceivedDelivery {
  const { event, key, trigger } = read;
  const outcome = firstOutcome(read);
  return {
    id,
    webhook: webhook.name,
    ...(key === undefined ? {} : { key }),
    ...authentic,
    event,
    ...(trigger === undefined ? {} : { trigger }),
    outcome,
    receivedAt,
    ...(outcome.state === 'pending' ? {} : { settledAt: receivedAt }),
  };
}

const firstOutcome = ({ trigger, because = '' }: ReadDelivery): ReceivedOutcome =>
  trigger === undefined ? { state: 'ignored', because } : { state: 'pending' };

/** Nobody knows it: so that what has no secret takes as long as what has. */
const decoy = [randomUUID()];

async function secretsOf(tx: Tx, webhook: WebhookRecord | undefined): Promise<readonly string[]> {
  if (webhook === undefined) return decoy;
  const texts: string[] = [];
  for (const name of webhook.secrets) texts.push((await tx.secrets.open(name)) ?? '');
  return texts;
}

const notSigned = ({ webhook }: ReceiveDelivery): Refusal =>
  refusal(
    'INVALID_SIGNATURE',
    `The delivery is not signed as webhook "${webhook}" expects, or is more than 5 minutes old.`,
    'Compare the webhook’s name, its secret and the clock; sign the bytes that are sent.',
  );
