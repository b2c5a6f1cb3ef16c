import { expect, it } from '@jest/globals';
import { tokenName } from '@spillway/kernel';
import type { Tx } from '../../port/unit-of-work.js';
import type { AccessFeedHarness } from './harness.js';
import { fresh } from './fresh.js';
import { aMember } from './member-store-contract.js';
import { aStoredToken } from './token-store-contract.js';
import { until } from './until.js';

/** What every `AccessFeed` promises. */
export function accessFeedContract(make: () => Promise<AccessFeedHarness>): void {
  const start = fresh(make);

  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['a token is put', (tx) => tx.tokens.put(aStoredToken())],
    ['a token is removed', (tx) => tx.tokens.remove(tokenName('ci'))],
    ['a member is put', (tx) => tx.members.put(aMember())],
    ['a member is removed', (tx) => tx.members.remove(aMember().name)],
  ])('tells when %s', async (_, work) => {
    const { uow, accessFeed } = await start();
    let told = 0;
    accessFeed.subscribe(() => (told += 1));
    expect(accessFeed.isLive()).toBe(true);
    await uow.run(work);
    await until(() => told > 0);
    expect(told).toBe(1);
  });

  it('tells nothing of what was taken back, nor to who has stopped listening', async () => {
    const { uow, accessFeed } = await start();
    const told: string[] = [];
    const stop = accessFeed.subscribe(() => told.push('stopped'));
    stop();
    accessFeed.subscribe(() => told.push('listens'));
    const work = uow.run(async (tx) => {
      await tx.tokens.put(aStoredToken());
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    await uow.run((tx) => tx.members.put(aMember()));
    await until(() => told.length > 0);
    expect(told).toEqual(['listens']);
  });
}
