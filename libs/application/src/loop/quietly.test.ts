import { AsyncLocalStorage } from 'node:async_hooks';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { createInMemoryUnitOfWork, VirtualClock } from '../testing/fake/index.js';
import type { InMemoryUnitOfWork } from '../testing/fake/in-memory-unit-of-work.js';
import { aCluster, eu, us } from '../testing/contract/index.js';
import type { Reads, Tx, UnitOfWork } from '../port/unit-of-work.js';
import { quietly, sharing, sharingReads, type Run } from './quietly.js';

let uow: InMemoryUnitOfWork;
let share: Run<Tx>;
beforeEach(() => {
  uow = createInMemoryUnitOfWork({ clock: new VirtualClock(aMoment) });
  share = sharing(uow);
});

const many = Array.from({ length: 20 }, (_, n) => n);

describe('works that come at the same time', () => {
  it('share a transaction, and each is told its own result', async () => {
    const results = await Promise.all(many.map((n) => share(() => Promise.resolve(n))));
    expect(results).toEqual(many);
    expect(uow.begun).toBe(1);
  });

  it('share the next one when two are open, in groups that have an end', async () => {
    const opened: (() => void)[] = [];
    const held = () => share(() => new Promise<void>((resolve) => opened.push(resolve)));
    const first = held();
    await Promise.resolve();
    const second = held();
    await Promise.resolve();
    const others = Promise.all(
      Array.from({ length: 120 }, (_, n) => share(() => Promise.resolve(n))),
    );
    const open = async (): Promise<void> => {
      while (opened.length === 0) await Promise.resolve();
      opened.shift()?.();
    };
    await open();
    await first;
    await open();
    await second;
    expect(await others).toHaveLength(120);
    expect(uow.begun).toBe(2 + 6);
  });

  it('are done alone when one of them fails, and only that one is told', async () => {
    const fail = () => share(() => Promise.reject(new Error('not this one')));
    const put = (cluster: typeof eu) => share((tx) => tx.clusters.put(aCluster({ name: cluster })));
    const [first, failed, last] = await Promise.allSettled([put(eu), fail(), put(us)]);
    expect([first.status, failed.status, last.status]).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const found = await uow.run((tx) => tx.clusters.getAll([eu, us]));
    expect(found.map(({ name }) => name)).toEqual([eu, us]);
  });

  it('keep the surroundings of whoever asked', async () => {
    const asker = new AsyncLocalStorage<string>();
    const ask = (name: string) =>
      asker.run(name, () => share(() => Promise.resolve(asker.getStore())));
    expect(await Promise.all([ask('one'), ask('other')])).toEqual(['one', 'other']);
  });

  it('leave the transaction alone once it has failed', async () => {
    const late: string[] = [];
    const fail = () => share(() => Promise.reject(new Error('at once')));
    const slow = async (tx: Tx): Promise<void> => {
      await tx.clusters.get(eu);
      await tx.clusters.get(us);
      late.push('done');
    };
    await Promise.allSettled([fail(), share(slow)]);
    expect(late).toEqual(['done', 'done']);
  });
});

describe('readings that come at the same time', () => {
  it('are made together, without a transaction', async () => {
    await uow.run((tx) => tx.clusters.put(aCluster({ name: eu })));
    let made = 0;
    const counted: UnitOfWork = {
      run: () => Promise.reject(new Error('nobody needs a transaction')),
      read: (work) => {
        made += 1;
        return uow.read(work);
      },
    };
    const read = sharingReads(counted);
    const get = ({ clusters }: Reads) => clusters.get(eu);
    const found = await Promise.all(many.map(() => read(get)));
    expect(found.map((cluster) => cluster?.name)).toEqual(many.map(() => eu));
    expect(made).toBe(1);
  });

  it('are made alone when one of them fails, and only that one is told', async () => {
    const read = sharingReads(uow);
    const ended = await Promise.allSettled([
      read(() => Promise.reject(new Error('not this one'))),
      read(({ clusters }) => clusters.getAll([eu])),
    ]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a look', () => {
  it('that finds nothing new needs no transaction of its own', async () => {
    const look = quietly(uow);
    await Promise.all(many.map(() => look(() => Promise.resolve(true))));
    expect(uow.begun).toBe(1);
  });

  it('that finds something does it in one of its own', async () => {
    const asked: boolean[] = [];
    const look = quietly(uow);
    const find = (_: Tx, mayRecord: boolean): Promise<boolean> => {
      asked.push(mayRecord);
      return Promise.resolve(mayRecord);
    };
    await Promise.all([look(find), look(() => Promise.resolve(true))]);
    expect(asked).toEqual([false, true]);
    expect(uow.begun).toBe(2);
  });
});
