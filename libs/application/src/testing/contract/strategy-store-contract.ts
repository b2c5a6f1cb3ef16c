import { expect, it } from '@jest/globals';
import type { Strategy } from '@spillway/domain-release';
import { aMetric, aStrategy } from '@spillway/domain-release/testing';
import type { MatchRoute } from '@spillway/domain-traffic';
import { basisPoints, duration, sourceName, strategyName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';
import { eu } from './sample.js';

const template = (overrides: Partial<Strategy> = {}): Omit<Strategy, 'version'> => {
  const { version: _, ...rest } = aStrategy(overrides);
  return rest;
};
const name = template().name;

const testers: MatchRoute = {
  name: 'testers',
  where: 'mesh',
  match: [
    { headers: { 'x-tester': { exact: 'yes' }, a: { present: true } }, uri: { prefix: '/' } },
    { sourceLabels: { tier: 'a', app: 'web' }, port: 80 },
  ],
};

/** What every `StrategyStore` promises. */
export function strategyStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('gives back what was put, as version 1', async () => {
    const { uow } = await start();
    const given = template({
      waves: [
        { kind: 'names', names: [eu] },
        { kind: 'labels', labels: { region: 'us' } },
        { kind: 'rest', pace: 2.5 },
      ],
      metrics: [
        aMetric({ noData: { kind: 'hold', deadline: duration(60_000), then: 'pause' } }),
        aMetric({ name: 'p99', query: { kind: 'requestLatency', quantile: 0.99 }, max: 250 }),
      ],
      steps: [
        { kind: 'pause' },
        { kind: 'analyze', metrics: [], iterations: 5 },
        { kind: 'route', route: testers },
        { kind: 'mirror', mirror: { share: basisPoints(500), methods: 'safe' } },
        { kind: 'mirror' },
        { kind: 'removeRoute', name: 'testers' },
        {
          kind: 'ramp',
          from: basisPoints(1),
          to: basisPoints(5_000),
          steps: 5,
          over: duration(600_000),
        },
        { kind: 'switch' },
      ],
      sticky: { cookie: 'release', lifetime: duration(3_600_000) },
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

  it('gives many versions at once: those that are there', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.strategies.put(template()));
    const second = await uow.run((tx) => tx.strategies.put(template({ metrics: [] })));
    const asked = [1, 2, 3].map((version) => ({ name, version }));
    const found = await uow.run((tx) => tx.strategies.getVersions(asked));
    expect(found.toSorted((a, b) => a.version - b.version)).toEqual([first, second]);
    expect(await uow.run((tx) => tx.strategies.getVersions([]))).toEqual([]);
  });

  it('adds nothing when the content is that of the newest version', async () => {
    const { uow } = await start();
    const given = template({ steps: [{ kind: 'route', route: testers }] });
    const first = await uow.run((tx) => tx.strategies.put(given));
    expect(await uow.run((tx) => tx.strategies.put(given))).toEqual(first);
    expect(await uow.run((tx) => tx.strategies.getVersion(name, 2))).toBeUndefined();
  });

  it('makes a new version of an older content that comes back', async () => {
    const { uow } = await start();
    for (const metrics of [[aMetric()], [], [aMetric()]]) {
      await uow.run((tx) => tx.strategies.put(template({ metrics })));
    }
    expect(await uow.run((tx) => tx.strategies.get(name))).toMatchObject({ version: 3 });
  });

  it('knows which strategies ask a source now, in their metrics or in a step, and which no longer do', async () => {
    const { uow } = await start();
    const source = sourceName('datadog');
    const asking = aMetric({ query: { kind: 'source', source, value: '"datadog2"' } });
    const counting = aMetric({
      query: { kind: 'sourceCounts', source, requests: 'r', errors: 'e' },
    });
    const inStep = { kind: 'analyze', metrics: [aMetric(), counting] } as const;
    const put = (each: string, overrides: Partial<Strategy>) =>
      uow.run((tx) =>
        tx.strategies.put(template({ name: strategyName(each), metrics: [], ...overrides })),
      );
    await put('by-metric', { metrics: [aMetric(), asking] });
    await put('by-step', { steps: [{ kind: 'switch' }, inStep] });
    await put('by-none', { metrics: [aMetric()] });
    await put('also-by-metric', { metrics: [counting] });
    const referring = (to: string) => uow.run((tx) => tx.strategies.referringTo(sourceName(to)));
    expect(await referring('datadog')).toEqual(['also-by-metric', 'by-metric', 'by-step']);
    await put('by-metric', { metrics: [aMetric()] });
    expect(await referring('datadog')).toEqual(['also-by-metric', 'by-step']);
    expect(await referring('datadog2')).toEqual([]);
  });

  it('lists the newest version of each in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['slow', 'fast', 'careful'].map(strategyName)) {
        await tx.strategies.put(template({ name: each }));
        await tx.strategies.put(template({ name: each, metrics: [] }));
      }
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.strategies.list(page)));
    expect(pages.map((page) => page.map((each) => `${each.name} ${each.version}`))).toEqual([
      ['careful 2', 'fast 2'],
      ['slow 2'],
    ]);
  });
}
