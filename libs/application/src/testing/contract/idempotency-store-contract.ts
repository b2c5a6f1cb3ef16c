import { expect, it } from '@jest/globals';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';

const outcome = { fingerprint: 'f'.repeat(64), answer: '{"value":1}' };

/** What every `IdempotencyStore` promises. */
export function idempotencyStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('gives back what a key led to', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.idempotency.put('key', outcome));
    expect(await uow.run((tx) => tx.idempotency.get('key'))).toEqual(outcome);
    expect(await uow.run((tx) => tx.idempotency.get('other'))).toBeUndefined();
  });

  it('forgets a key whose transaction was rejected', async () => {
    const { uow } = await start();
    const work = uow.run(async (tx) => {
      await tx.idempotency.put('key', outcome);
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    expect(await uow.run((tx) => tx.idempotency.get('key'))).toBeUndefined();
  });

  it('gives requests that come at once with one key a single outcome', async () => {
    const { uow } = await start();
    const once = (answer: string) =>
      uow.run(async (tx) => {
        const known = await tx.idempotency.get('key');
        if (known !== undefined) return known.answer;
        await tx.idempotency.put('key', { ...outcome, answer });
        return answer;
      });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(once));
    expect(new Set(answers).size).toBe(1);
  });
}
