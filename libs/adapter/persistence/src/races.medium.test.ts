import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aCluster,
  catalog,
  eu,
  putSurroundings,
  saveFirst,
  saveNext,
  someRelease,
  us,
} from '@spillway/application/testing';
import type { ClusterRecord, Tx } from '@spillway/application';
import { aMetric, aStrategy } from '@spillway/domain-release/testing';
import { sourceName } from '@spillway/kernel';
import { freshPersistence, type FreshPersistence } from './testing/fresh-persistence.js';

let persistence: FreshPersistence;
beforeEach(async () => {
  persistence = await freshPersistence();
  await persistence.unitOfWork.run((tx) => putSurroundings(tx));
});
afterEach(() => persistence.close());

/** Lets two transactions meet: neither goes on before both have come here. */
function meeting(): () => Promise<void> {
  let waiting = 2;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    waiting -= 1;
    if (waiting <= 0) open();
    return both;
  };
}

describe('two transactions at the same time', () => {
  it('save one release from the same revision: exactly one is stale', async () => {
    const { unitOfWork } = persistence;
    const first = await unitOfWork.run((tx) => saveFirst(tx, someRelease()));
    const meet = meeting();
    const save = (because: string) =>
      unitOfWork.run(async (tx) => {
        await meet();
        return saveNext(tx, first, { because });
      });
    const outcomes = await Promise.allSettled([save('one'), save('other')]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'STALE_WRITE' }) },
    ]);
    expect(await persistence.sql('select count(*)::int as n from events')).toEqual([{ n: 2 }]);
  });

  it('start a release of one service without looking: one runs, the other is told so', async () => {
    const meet = meeting();
    const start = () =>
      persistence.unitOfWork.run(async (tx) => {
        await meet();
        return saveFirst(tx, someRelease());
      });
    const outcomes = await Promise.allSettled([start(), start()]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'SERVICE_BUSY' },
    });
    expect(await persistence.sql('select count(*)::int as n from releases')).toEqual([{ n: 1 }]);
  });

  it('look first and start then: the loser is done again and sees the winner', async () => {
    const meet = meeting();
    const start = () =>
      persistence.unitOfWork.run(async (tx) => {
        const running = await tx.releases.running(catalog);
        await meet();
        return running ?? saveFirst(tx, someRelease());
      });
    const [one, other] = await Promise.all([start(), start()]);
    expect(one.id).toBe(other.id);
  });

  it('put one cluster: the one that waited has the later record, though it began first', async () => {
    const { unitOfWork } = persistence;
    let other: Promise<ClusterRecord> | undefined;
    const late = await unitOfWork.run(async (tx) => {
      other ??= unitOfWork.run((sooner) => relabel(sooner, eu));
      await other;
      return relabel(tx, eu);
    });
    expect(late.updatedAt).toBeGreaterThan((await other)?.updatedAt ?? Infinity);
    expect((await unitOfWork.run((tx) => tx.clusters.get(eu)))?.updatedAt).toBe(late.updatedAt);
  });

  it('never leave a strategy with a source that was removed at the same moment', async () => {
    const { unitOfWork } = persistence;
    const source = sourceName('racy');
    const { version: _, ...strategy } = aStrategy({
      metrics: [aMetric({ query: { kind: 'source', source, value: 'q' } })],
    });
    const put = () =>
      unitOfWork.run(async (tx) => {
        const isKept = (await tx.sources.keep([source])).has(source);
        return isKept ? tx.strategies.put(strategy) : undefined;
      });
    const remove = () =>
      unitOfWork.run(async (tx) => {
        await tx.sources.lock(source);
        const isFree = (await tx.strategies.referringTo(source)).length === 0;
        if (isFree) await tx.sources.remove(source);
        return isFree;
      });
    for (let round = 0; round < 10; round += 1) {
      const connection = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
      await unitOfWork.run((tx) => tx.sources.put({ name: source, connection }));
      await unitOfWork.run((tx) => tx.strategies.put({ ...strategy, metrics: [] }));
      const [stored, isRemoved] = await Promise.all([put(), remove()]);
      expect(isRemoved).toBe(stored === undefined);
    }
  });

  it('lock each other out: one is done again after the other', async () => {
    const meet = meeting();
    const both = (first: typeof eu, second: typeof eu) =>
      persistence.unitOfWork.run(async (tx) => {
        await relabel(tx, first);
        await meet();
        await relabel(tx, second);
      });
    await Promise.all([both(eu, us), both(us, eu)]);
    const clusters = await persistence.unitOfWork.run((tx) => tx.clusters.getAll([eu, us]));
    expect(clusters.map(({ labels }) => labels)).toEqual([{ tier: 'new' }, { tier: 'new' }]);
  });
});

const relabel = (tx: Tx, name: typeof eu) =>
  tx.clusters.put(aCluster({ name, labels: { tier: 'new' } }));
