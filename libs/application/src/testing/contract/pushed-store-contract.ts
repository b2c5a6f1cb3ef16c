import { expect, it } from '@jest/globals';
import { after, serviceName, version, type Instant } from '@spillway/kernel';
import type { PushedFigure, PushedMeasurement } from '../../port/pushed-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, eu, us } from './sample.js';

const value = (n: number): PushedFigure => ({ kind: 'value', value: n });
const counts = (requests: number, errors: number): PushedFigure => ({
  kind: 'counts',
  requests,
  errors,
});

/** What every `PushedStore` promises. */
export function pushedStoreContract(make: () => Promise<Harness>): void {
  const open = fresh(make);
  const start = async () => {
    const { uow } = await open();
    const now = await uow.run((tx) => Promise.resolve(tx.now));
    const at = (ms: number): Instant => after(now, ms);
    const measured = (overrides: Partial<PushedMeasurement>): PushedMeasurement => ({
      metric: 'orders',
      cluster: eu,
      service: catalog,
      version: version('v1'),
      at: now,
      figure: value(1),
      ...overrides,
    });
    const push = (...batch: Partial<PushedMeasurement>[]) =>
      uow.run((tx) => tx.pushed.add(batch.map(measured)));
    const within = (fromMs: number, toMs: number) => {
      const window = { from: at(fromMs), to: at(toMs) };
      const question = { metric: 'orders', cluster: eu, service: catalog, ...window };
      return uow.run((tx) => tx.pushed.within(question));
    };
    return { at, push, within };
  };

  it('gives the mean of values and their number, version by version', async () => {
    const { at, push, within } = await start();
    await push(
      { version: version('v2'), figure: value(-0.5) },
      { figure: value(1), at: at(-2_000) },
      { figure: value(2.5), at: at(-1_000) },
    );
    await push({ figure: value(2.5), at: at(-3_000) });
    expect(await within(-60_000, 0)).toEqual([
      { version: 'v1', lastAt: at(-1_000), values: { mean: 2, count: 3 } },
      { version: 'v2', lastAt: at(0), values: { mean: -0.5, count: 1 } },
    ]);
  });

  it('adds counts up, also beyond 32 bits, and no measurement twice or too little', async () => {
    const { at, push, within } = await start();
    const batch = Array.from({ length: 1_000 }, () => ({ figure: counts(2_000_000_000, 3) }));
    await push(...batch);
    expect(await within(-1, 0)).toEqual([
      { version: 'v1', lastAt: at(0), counts: { requests: 2e12, errors: 3_000 } },
    ]);
  });

  it('keeps values and counts of one metric apart', async () => {
    const { at, push, within } = await start();
    await push({ figure: counts(0, 0) }, { figure: value(0), at: at(-5) });
    expect(await within(-10, 0)).toEqual([
      {
        version: 'v1',
        lastAt: at(0),
        values: { mean: 0, count: 1 },
        counts: { requests: 0, errors: 0 },
      },
    ]);
  });

  it('looks only into the window, whose beginning is outside and whose end is inside', async () => {
    const { at, push, within } = await start();
    await push({ at: at(-20), figure: value(1) }, { at: at(-10), figure: value(3) });
    expect(await within(-20, -10)).toMatchObject([{ values: { mean: 3, count: 1 } }]);
    expect(await within(-10, 0)).toEqual([]);
  });

  it('tells metrics, clusters and services apart', async () => {
    const { push, within } = await start();
    await push({ metric: 'other' }, { cluster: us }, { service: serviceName('shop/cart') });
    expect(await within(-10, 0)).toEqual([]);
  });

  it('takes an empty batch', async () => {
    const { push, within } = await start();
    await push();
    expect(await within(-10, 0)).toEqual([]);
  });

  it('forgets what is older than a day when more comes', async () => {
    const { at, push, within } = await start();
    const day = 86_400_000;
    await push({ at: at(-day - 60_000) }, { at: at(-day + 60_000) });
    await push({});
    expect(await within(-2 * day, 0)).toMatchObject([{ values: { count: 2 } }]);
  });
}
