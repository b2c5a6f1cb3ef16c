import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { aTrigger } from '@spillway/domain-rule/testing';
import {
  after,
  deliveryId,
  instant,
  releaseId,
  ruleName,
  webhookName,
  type Instant,
} from '@spillway/kernel';
import type { ReceivedDelivery, ReceivedOutcome } from '../../port/received-store.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesOf } from './pages.js';
import { aWebhook, putWebhookSecrets } from './webhook-store-contract.js';

const { name: webhook } = aWebhook();
const other = webhookName('other');
const moment: Instant = instant(Date.UTC(2026, 0, 5, 10));

const aDelivery = (overrides: Partial<ReceivedDelivery> = {}): ReceivedDelivery => ({
  id: deliveryId(randomUUID()),
  webhook,
  event: 'deployment_status',
  trigger: aTrigger(),
  outcome: { state: 'pending' },
  receivedAt: moment,
  ...overrides,
});

const rule = ruleName('deploy-catalog');
const passedBy = [{ rule: ruleName('a'), because: 'branch main wanted, was x' }];

const outcomes: readonly ReceivedOutcome[] = [
  { state: 'ignored', because: 'a ping' },
  { state: 'unmatched', because: 'no rule matches', passedBy },
  { state: 'refused', rule, because: 'busy', passedBy },
  { state: 'released', rule, release: releaseId(randomUUID()), passedBy: [] },
];

/** What every `ReceivedStore` promises. */
export function receivedStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await putWebhookSecrets(tx);
      await tx.webhooks.put(aWebhook());
      await tx.webhooks.put(aWebhook({ name: other }));
    });
    const add = (delivery: ReceivedDelivery) => uow.run((tx) => tx.received.add(delivery));
    return { uow, add };
  };

  it.each([aDelivery(), aDelivery({ key: 'k', fingerprint: 'f', settledAt: moment })])(
    'gives back a delivery as it was added: %#',
    async (delivery) => {
      const { uow, add } = await start();
      expect(await add(delivery)).toEqual(delivery);
      expect(await uow.run((tx) => tx.received.get(delivery.id))).toEqual(delivery);
      expect(await uow.run((tx) => tx.received.lock(delivery.id))).toEqual(delivery);
    },
  );

  it('knows nothing of a delivery that was not added', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.received.get(aDelivery().id))).toBeUndefined();
    expect(await uow.run((tx) => tx.received.lock(aDelivery().id))).toBeUndefined();
  });

  it('gives the first one of a key and of a fingerprint, and keeps no second', async () => {
    const { uow, add } = await start();
    const first = await add(aDelivery({ key: 'k', fingerprint: 'f' }));
    expect(await add(aDelivery({ key: 'k', fingerprint: 'g' }))).toEqual(first);
    expect(await add(aDelivery({ key: 'l', fingerprint: 'f' }))).toEqual(first);
    expect((await uow.run((tx) => tx.received.list({}, { limit: 10 }))).items).toEqual([first]);
  });

  it('keeps those of another webhook, of another key, and of no key at all', async () => {
    const { uow, add } = await start();
    await add(aDelivery({ key: 'k', fingerprint: 'f' }));
    await add(aDelivery({ key: 'k', fingerprint: 'f', webhook: other }));
    await add(aDelivery({ key: 'l', fingerprint: 'g' }));
    await add(aDelivery());
    await add(aDelivery());
    expect((await uow.run((tx) => tx.received.list({}, { limit: 10 }))).items).toHaveLength(5);
  });

  it('keeps one of those that come at the same moment, and gives it to all', async () => {
    const { add } = await start();
    const twins = Array.from({ length: 8 }, () => aDelivery({ key: 'k' }));
    const added = await Promise.all(twins.map(add));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
  });

  it.each(outcomes)('notes that a delivery was $state, and takes it back', async (outcome) => {
    const { uow, add } = await start();
    const delivery = await add(aDelivery());
    const settledAt = after(moment, 5);
    await uow.run((tx) => tx.received.settle(delivery.id, outcome, settledAt));
    const settled = await uow.run((tx) => tx.received.get(delivery.id));
    expect(settled).toEqual({ ...delivery, outcome, settledAt });
    await uow.run((tx) => tx.received.settle(delivery.id, { state: 'pending' }, settledAt));
    expect(await uow.run((tx) => tx.received.get(delivery.id))).toEqual(delivery);
  });

  it('lists deliveries, the newest first, all or of a webhook or of a state', async () => {
    const { uow, add } = await start();
    const at = (ms: number, more: Partial<ReceivedDelivery> = {}) =>
      add(aDelivery({ receivedAt: after(moment, ms), ...more }));
    const [a, b, c] = [await at(1), await at(3, { webhook: other }), await at(2)];
    await uow.run((tx) => tx.received.settle(c.id, { state: 'ignored', because: '' }, moment));
    const idsOf = async (filter: Parameters<typeof listed>[0]) =>
      (await listed(filter)).map((page) => page.map(({ id }) => id));
    const listed = (filter: { webhook?: typeof other; state?: 'pending' | 'ignored' }) =>
      pagesOf(2, (page) => uow.run((tx) => tx.received.list(filter, page)));
    expect(await idsOf({})).toEqual([[b.id, c.id], [a.id]]);
    expect(await idsOf({ webhook })).toEqual([[c.id, a.id]]);
    expect(await idsOf({ state: 'pending' })).toEqual([[b.id, a.id]]);
    expect(await idsOf({ webhook: other, state: 'ignored' })).toEqual([[]]);
  });

  it('finds the delivery that a release came of: both have one id', async () => {
    const { uow, add } = await start();
    const [of, other] = [await add(aDelivery()), await add(aDelivery())];
    const release = releaseId(of.id);
    const outcome = { state: 'released', rule, release, passedBy: [] } as const;
    await uow.run((tx) => tx.received.settle(of.id, outcome, moment));
    const found = (wanted: typeof release) =>
      uow.run((tx) => tx.received.list({ release: wanted }, { limit: 5 }));
    expect((await found(release)).items.map(({ id }) => id)).toEqual([of.id]);
    expect((await found(releaseId(other.id))).items).toEqual([]);
  });
}
