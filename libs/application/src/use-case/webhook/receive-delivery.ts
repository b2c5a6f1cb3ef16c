import { randomUUID } from 'node:crypto';
import { deliveryId, ok, refusal, refuse, type Refusal } from '@spillway/kernel';
import type { ReadDelivery } from '../../port/webhook-protocol.js';
import type { ReceivedOutcome } from '../../port/received-store.js';
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
      const webhook = await tx.webhooks.get(sent.webhook);
      const format = webhook ?? { provider: 'github' as const };
      const secrets = await secretsOf(tx, webhook);
      const authentic = deps.webhooks.authenticate(format, secrets, sent.delivery, tx.now);
      if (webhook === undefined || authentic === undefined) return refuse(notSigned(sent));
      const read = deps.webhooks.read(webhook, sent.delivery);
      if (!read.ok) return read;
      const { key = authentic.fingerprint, event, trigger } = read.value;
      // A release that comes of it has the same.
      const id = deliveryId(deps.newReleaseId());
      const value = await tx.received.add({
        id,
        webhook: webhook.name,
        ...(key === undefined ? {} : { key }),
        ...authentic,
        event,
        ...(trigger === undefined ? {} : { trigger }),
        outcome: firstOutcome(read.value),
        receivedAt: tx.now,
        ...(trigger === undefined ? { settledAt: tx.now } : {}),
      });
      const subject = `delivery ${value.id}`;
      if (value.id !== id) return ok({ value, subject, isRepeated: true as const });
      if (trigger !== undefined) await tx.jobs.enqueue({ kind: 'trigger', delivery: id });
      return ok({ value, subject, after: value });
    });

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
