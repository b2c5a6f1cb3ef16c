import { expect, it } from '@jest/globals';
import type { Strategy } from '@spillway/domain-release';
import { aMetric, aStrategy } from '@spillway/domain-release/testing';
import { duration, strategyName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesOf } from './pages.js';
import { eu } from './sample.js';

const template = (overrides: Partial<Strategy> = {}): Omit<Strategy, 'version'> => {
  const { version: _, ...rest } = aStrategy(overrides);
  return rest;
};
const name = template().name;

/** What every `StrategyStore` promises. */
export function strategyStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('gives back what was put, as version 1', async () => {
    const { uow } = await start();
    const given = template({
      waves: [
        { kind: 'names', names: [eu] },
        { kind: 'labels', labels: { region: 'us' } },
        { kind: 'rest' },
      ],
      metrics: [
        aMetric({ noData: { kind: 'hold', deadline: duration(60_000), then: 'pause' } }),
        aMetric({ name: 'p99', query: { kind: 'requestLatency', quantile: 0.99 }, max: 250 }),
      ],
      steps: [{ kind: 'pause' }, { kind: 'analyze', metrics: [] }],
      bakeAfterPromotion: duration(600_000),
    });
    const put = await uow.run((tx) => tx.strategies.put(given));
    expect(put).toEqual({ ...given, version: 1, createdAt: put.createdAt });
    expect(await uow.run((tx) => tx.strategies.get(name))).toEqual(put);
  });

  it('knows nothing of a strategy or a version that was not put', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.strategies.put(template()));
    expect(await uow.run((tx) => tx.strategies.get(strategyName('other')))).toBeUndefined();
    expect(await uow.run((tx) => tx.strategies.getVersion(name, 2))).toBeUndefined();
  });

  it('makes a new version of a change and keeps the old one', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.strategies.put(template()));
    const second = await uow.run((tx) => tx.strategies.put(template({ metrics: [] })));
    expect(second).toMatchObject({ version: 2, metrics: [] });
    expect(await uow.run((tx) => tx.strategies.get(name))).toEqual(second);
    expect(await uow.run((tx) => tx.strategies.getVersion(name, 1))).toEqual(first);
    expect(await uow.run((tx) => tx.strategies.getVersion(name, 2))).toEqual(second);
  });

  it('adds nothing when the content is that of the newest version', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.strategies.put(template()));
    expect(await uow.run((tx) => tx.strategies.put(template()))).toEqual(first);
    expect(await uow.run((tx) => tx.strategies.getVersion(name, 2))).toBeUndefined();
  });

  it('makes a new version of an older content that comes back', async () => {
    const { uow } = await start();
    for (const metrics of [[aMetric()], [], [aMetric()]]) {
      await uow.run((tx) => tx.strategies.put(template({ metrics })));
    }
    expect(await uow.run((tx) => tx.strategies.get(name))).toMatchObject({ version: 3 });
  });

  it('lists the newest version of each in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['slow', 'fast', 'careful'].map(strategyName)) {
        await tx.strategies.put(template({ name: each }));
        await tx.strategies.put(template({ name: each, metrics: [] }));
      }
    });
    const pages = await pagesOf(2, (page) => uow.run((tx) => tx.strategies.list(page)));
    expect(pages.map((page) => page.map((each) => `${each.name} ${each.version}`))).toEqual([
      ['careful 2', 'fast 2'],
      ['slow 2'],
    ]);
  });
}
