import { expect, it } from '@jest/globals';
import { deliveryId, secretName, webhookName } from '@spillway/kernel';
import type { NewWebhook } from '../../port/webhook-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesBothWays } from './pages.js';

const name = webhookName('github');
const current = secretName('current');
const next = secretName('next');

export const aWebhook = (overrides: Partial<NewWebhook> = {}): NewWebhook => ({
  name,
  provider: 'github',
  secrets: [current],
  ...overrides,
});

export async function putWebhookSecrets(tx: Tx): Promise<void> {
  for (const secret of [current, next]) await tx.secrets.put(secret, `text of ${secret}`);
}

/** What every `WebhookStore` promises. */
export function webhookStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(putWebhookSecrets);
    return { uow };
  };

  it.each([
    aWebhook(),
    aWebhook({ secrets: [next, current] }),
    aWebhook({ provider: 'generic', mapping: { image: '/a/b', status: '/c' } }),
  ])('gives back a webhook as it was put: %j', async (webhook) => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.webhooks.put(webhook));
    const { createdAt } = put;
    expect(put).toEqual({ ...webhook, createdAt, updatedAt: createdAt });
    expect(await uow.run((tx) => tx.webhooks.get(name))).toEqual(put);
    expect(await uow.run((tx) => tx.webhooks.lock(name))).toEqual(put);
  });

  it('knows nothing of a webhook that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.webhooks.get(name))).toBeUndefined();
    expect(await uow.run((tx) => tx.webhooks.lock(name))).toBeUndefined();
  });

  it('replaces a webhook with all that it had; what is put later has the later moment', async () => {
    const { uow } = await start();
    const mapping = { image: '/a' };
    const [first, second] = await uow.run(async (tx) => [
      await tx.webhooks.put(aWebhook({ provider: 'generic', mapping, secrets: [current, next] })),
      await tx.webhooks.put(aWebhook({ secrets: [next] })),
    ]);
    expect(second).toMatchObject({ ...aWebhook({ secrets: [next] }), createdAt: first?.createdAt });
    expect(second).not.toHaveProperty('mapping');
    expect(second?.updatedAt).toBeGreaterThan(first?.updatedAt ?? Infinity);
    expect(await uow.run((tx) => tx.webhooks.get(name))).toEqual(second);
  });

  it('lists webhooks in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['c', 'a', 'b'].map(webhookName)) {
        await tx.webhooks.put(aWebhook({ name: each, secrets: [next, current] }));
      }
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.webhooks.list(page)));
    expect(pages.map((page) => page.map((each) => each.name))).toEqual([['a', 'b'], ['c']]);
    expect(pages[0]?.[1]?.secrets).toEqual([next, current]);
  });

  it('knows which webhooks refer to a secret now, and which no longer do', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      await tx.webhooks.put(aWebhook({ secrets: [current, next] }));
      await tx.webhooks.put(aWebhook({ name: webhookName('a'), secrets: [current] }));
      await tx.webhooks.put(aWebhook({ secrets: [next] }));
    });
    expect(await uow.run((tx) => tx.webhooks.referringTo(current))).toEqual(['a']);
    expect(await uow.run((tx) => tx.webhooks.referringTo(next))).toEqual(['github']);
  });

  it('removes a webhook with its deliveries, and does not mind one that is not there', async () => {
    const { uow } = await start();
    const id = deliveryId('00000000-0000-4000-8000-000000000001');
    await uow.run(async (tx) => {
      await tx.webhooks.put(aWebhook());
      const outcome = { state: 'pending' } as const;
      await tx.received.add({ id, webhook: name, event: 'push', outcome, receivedAt: tx.now });
    });
    await uow.run((tx) => tx.webhooks.remove(name));
    await uow.run((tx) => tx.webhooks.remove(name));
    expect(await uow.run((tx) => tx.webhooks.get(name))).toBeUndefined();
    expect(await uow.run((tx) => tx.received.get(id))).toBeUndefined();
    expect(await uow.run((tx) => tx.webhooks.referringTo(current))).toEqual([]);
  });
}
