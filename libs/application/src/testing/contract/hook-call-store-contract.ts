import { expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, serviceName } from '@spillway/kernel';
import { aHookCall } from '../a-hook-call.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesOf } from './pages.js';
import { putSurroundings, saveFirst, someRelease } from './sample.js';

/** What every `HookCallStore` promises. */
export function hookCallStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    const release = someRelease();
    await uow.run(async (tx) => {
      await putSurroundings(tx);
      await saveFirst(tx, release);
    });
    return { uow, id: release.id };
  };

  it('gives back a call as it was put', async () => {
    const { uow, id } = await start();
    const retryAt = after(aMoment, 30_000);
    const { status: _status, ...underWay } = aHookCall({ ordinal: 1, state: 'underWay', retryAt });
    await uow.run(async (tx) => {
      await tx.hookCalls.put(id, aHookCall());
      await tx.hookCalls.put(id, underWay);
    });
    expect(await uow.run((tx) => tx.hookCalls.last(id, 'gate', 5))).toEqual([
      aHookCall(),
      underWay,
    ]);
  });

  it('replaces the call of the same ordinal, and forgets its status', async () => {
    const { uow, id } = await start();
    const { status: _status, ...without } = aHookCall({ state: 'unanswered' });
    await uow.run((tx) => tx.hookCalls.put(id, aHookCall()));
    await uow.run((tx) => tx.hookCalls.put(id, without));
    expect(await uow.run((tx) => tx.hookCalls.last(id, 'gate', 5))).toEqual([without]);
  });

  it('gives the last calls of one hook in their order', async () => {
    const { uow, id } = await start();
    await uow.run(async (tx) => {
      for (const ordinal of [10, 9, 2]) await tx.hookCalls.put(id, aHookCall({ ordinal }));
      await tx.hookCalls.put(id, aHookCall({ hook: 'other', ordinal: 11 }));
    });
    const last = await uow.run((tx) => tx.hookCalls.last(id, 'gate', 2));
    expect(last.map(({ ordinal }) => ordinal)).toEqual([9, 10]);
  });

  it('removes a call, and none of others', async () => {
    const { uow, id } = await start();
    await uow.run(async (tx) => {
      await tx.hookCalls.put(id, aHookCall());
      await tx.hookCalls.put(id, aHookCall({ ordinal: 1 }));
    });
    await uow.run((tx) => tx.hookCalls.remove(id, 'gate', 1));
    await uow.run((tx) => tx.hookCalls.remove(id, 'gate', 7));
    expect(await uow.run((tx) => tx.hookCalls.last(id, 'gate', 5))).toEqual([aHookCall()]);
  });

  it('gives answers of hooks that are asked, and not what is under way or was told', async () => {
    const { uow, id } = await start();
    await uow.run(async (tx) => {
      await tx.hookCalls.put(id, aHookCall());
      await tx.hookCalls.put(id, aHookCall({ ordinal: 1, state: 'underWay' }));
      await tx.hookCalls.put(id, aHookCall({ hook: 'told', point: 'event', slot: 'e1' }));
      await tx.hookCalls.put(id, aHookCall({ hook: 'after', point: 'post-rollout' }));
      await tx.hookCalls.put(id, aHookCall({ hook: 'a', point: 'rollback', slot: 'once' }));
    });
    const { detail, at } = aHookCall();
    const closed = { outcome: 'closed', detail, at, times: 3 } as const;
    expect(await uow.run((tx) => tx.hookCalls.answers(id))).toEqual([
      { hook: 'a', slot: 'once', ...closed },
      { hook: 'gate', slot: 'g2', ...closed },
    ]);
  });

  it('lists the newest first, page by page, of one hook or of all', async () => {
    const { uow, id } = await start();
    const calls = [0, 1, 2, 3].map((ordinal) =>
      aHookCall({
        hook: ordinal === 2 ? 'other' : 'gate',
        ordinal,
        firstAt: after(aMoment, ordinal < 2 ? 0 : ordinal),
      }),
    );
    await uow.run(async (tx) => {
      for (const call of calls) await tx.hookCalls.put(id, call);
    });
    const pages = await pagesOf(3, (page) => uow.run((tx) => tx.hookCalls.list(id, {}, page)));
    expect(pages).toEqual([[calls[3], calls[2], calls[1]], [calls[0]]]);
    const own = await uow.run((tx) => tx.hookCalls.list(id, { hook: 'other' }, { limit: 10 }));
    expect(own.items).toEqual([calls[2]]);
  });

  it('tells releases apart', async () => {
    const { uow, id } = await start();
    const other = someRelease({ service: serviceName('shop/cart') });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [other.service]);
      await saveFirst(tx, other);
      await tx.hookCalls.put(other.id, aHookCall());
    });
    expect(await uow.run((tx) => tx.hookCalls.answers(id))).toEqual([]);
    const { items } = await uow.run((tx) => tx.hookCalls.list(id, {}, { limit: 10 }));
    expect(items).toEqual([]);
  });
}
