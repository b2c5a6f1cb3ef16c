import { expect, it } from '@jest/globals';
import { aRule } from '@spillway/domain-rule/testing';
import { ruleName, webhookName } from '@spillway/kernel';
import type { NewRule } from '../../port/rule-store.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesBothWays } from './pages.js';
import { aWebhook, putWebhookSecrets } from './webhook-store-contract.js';

const owner = { actor: 'anna', grants: [{ role: 'releaser' as const }] };
const other = webhookName('other');

const someRule = (overrides: Parameters<typeof aRule>[0] = {}): NewRule => ({
  ...aRule(overrides),
  owner,
});

/** What every `RuleStore` promises. */
export function ruleStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await putWebhookSecrets(tx);
      await tx.webhooks.put(aWebhook());
      await tx.webhooks.put(aWebhook({ name: other }));
    });
    return { uow };
  };

  it('gives back a rule as it was put', async () => {
    const { uow } = await start();
    const match = { statuses: ['success' as const], branches: ['main'], images: ['**'] };
    const rule = { ...someRule({ match }), owner: { ...owner, isToken: true } };
    const put = await uow.run((tx) => tx.rules.put(rule));
    const { createdAt } = put;
    expect(put).toEqual({ ...rule, createdAt, updatedAt: createdAt });
    expect(await uow.run((tx) => tx.rules.get(rule.name))).toEqual(put);
  });

  it('replaces a rule with all that it had; what is put later has the later moment', async () => {
    const { uow } = await start();
    const changed = { ...someRule({ priority: 1, match: { webhook: other } }), owner };
    const [first, second] = await uow.run(async (tx) => [
      await tx.rules.put(someRule({ match: { branches: ['main'] } })),
      await tx.rules.put(changed),
    ]);
    expect(second).toMatchObject({ ...changed, createdAt: first?.createdAt });
    expect(second?.match).toEqual({ webhook: other });
    expect(second?.updatedAt).toBeGreaterThan(first?.updatedAt ?? Infinity);
  });

  it('lists rules in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const name of ['c', 'a', 'b']) await tx.rules.put(someRule({ name }));
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.rules.list(page)));
    expect(pages.map((page) => page.map((each) => each.name))).toEqual([['a', 'b'], ['c']]);
  });

  it('knows the rules of a webhook now, and those only', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      await tx.rules.put(someRule({ name: 'a' }));
      await tx.rules.put(someRule({ name: 'b' }));
      await tx.rules.put(someRule({ name: 'b', match: { webhook: other } }));
    });
    const namesOf = async (webhook: NewRule['match']['webhook']) =>
      (await uow.run((tx) => tx.rules.ofWebhook(webhook))).map(({ name }) => name);
    expect(await namesOf(aWebhook().name)).toEqual(['a']);
    expect(await namesOf(other)).toEqual(['b']);
    expect(await namesOf(webhookName('none'))).toEqual([]);
  });

  it('removes a rule, and does not mind one that is not there', async () => {
    const { uow } = await start();
    const name = ruleName('deploy-catalog');
    await uow.run((tx) => tx.rules.put(someRule()));
    await uow.run((tx) => tx.rules.remove(name));
    await uow.run((tx) => tx.rules.remove(name));
    expect(await uow.run((tx) => tx.rules.get(name))).toBeUndefined();
  });
}
