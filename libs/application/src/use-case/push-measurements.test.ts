import { beforeEach, describe, expect, it } from '@jest/globals';
import { after, clusterName, serviceName, version } from '@spillway/kernel';
import { aService, catalog, eu, us } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { Caller } from '../access/caller.js';
import type { NewMeasurement, PushMeasurements } from './use-cases.js';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
});

const now = () => workshop.clock.now();
const measurement = (overrides: Partial<NewMeasurement> = {}): NewMeasurement => ({
  metric: 'orders',
  cluster: eu,
  service: catalog,
  version: version('v2'),
  figure: { kind: 'value', value: 7 },
  ...overrides,
});
const push = (
  measurements: readonly NewMeasurement[],
  more: Partial<PushMeasurements> = {},
  caller: Partial<Caller> = {},
) =>
  workshop.useCases.pushMeasurements(
    { form: 'list', measurements, ...more },
    aCaller('anna', caller),
  );
const stored = () =>
  workshop.uow.run((tx) =>
    tx.pushed.within({
      metric: 'orders',
      cluster: eu,
      service: catalog,
      from: after(now(), -86_400_000),
      to: now(),
    }),
  );

describe('measurements', () => {
  it('are of the moment of arrival when they do not say which', async () => {
    expect(await push([measurement(), measurement()])).toEqual({ ok: true, value: 2 });
    expect(await stored()).toEqual([
      { version: 'v2', lastAt: now(), values: { mean: 7, count: 2 } },
    ]);
  });

  it('are taken up to an hour old, to the millisecond', async () => {
    const hour = 3_600_000;
    expect(await push([measurement({ at: after(now(), -hour) })])).toMatchObject({ ok: true });
    expect(await push([measurement({ at: after(now(), -hour - 1) })])).toMatchObject({
      error: {
        code: 'INVALID_MEASUREMENT',
        field: 'measurements[0].at',
        message: expect.stringContaining('is more than an hour ago'),
      },
    });
  });

  it('may come from a clock that is up to five seconds ahead, to the millisecond', async () => {
    expect(await push([measurement({ at: after(now(), 5_000) })])).toMatchObject({ ok: true });
    expect(await stored()).toEqual([]);
    await workshop.clock.advanceTo(after(now(), 5_000));
    expect(await stored()).toMatchObject([{ lastAt: now() }]);
    expect(await push([measurement({ at: after(now(), 5_001) })])).toMatchObject({
      error: {
        code: 'INVALID_MEASUREMENT',
        field: 'measurements[0].at',
        message: expect.stringContaining('is in the future'),
      },
    });
  });

  it('are taken all or not at all, and every wrong field is named', async () => {
    const outcome = await push([
      measurement(),
      measurement({ cluster: clusterName('mars') }),
      measurement({ service: serviceName('shop/none'), at: after(now(), 6_000) }),
    ]);
    const moment = (ms: number) => new Date(now() + ms).toISOString();
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        code: 'UNKNOWN_CLUSTER',
        field: 'measurements[1].cluster',
        message:
          'measurements[1].cluster: there is no cluster "mars"; ' +
          'measurements[2].service: there is no service "shop/none"; ' +
          `measurements[2].at: ${moment(6_000)} is in the future; it is ${moment(0)} here.`,
      },
    });
    expect(await stored()).toEqual([]);
  });

  it('count what is wrong beyond what a person reads', async () => {
    const wrong = Array.from({ length: 30 }, () => measurement({ cluster: clusterName('mars') }));
    expect(await push(wrong)).toMatchObject({
      error: { message: expect.stringMatching(/measurements\[19\][^[]+ \(and 10 more\)\.$/) },
    });
  });

  it('name the bare field where one was sent alone', async () => {
    const wrong = [measurement({ cluster: clusterName('mars') })];
    expect(await push(wrong, { form: 'one' })).toMatchObject({ error: { field: 'cluster' } });
  });

  it('are refused for a cluster that the service is not in', async () => {
    await workshop.uow.run((tx) =>
      tx.services.put(aService({ service: serviceName('shop/cart'), clusters: [us] })),
    );
    expect(await push([measurement({ service: serviceName('shop/cart') })])).toMatchObject({
      error: {
        code: 'INVALID_MEASUREMENT',
        field: 'measurements[0].cluster',
        next: 'Name one of its clusters: us.',
      },
    });
  });
});

describe('a repeated push', () => {
  const idempotencyKey = 'batch-1';

  it('is taken once, also when it comes when its measurements would be too old', async () => {
    const batch = [measurement({ at: now() }), measurement()];
    await push(batch, {}, { idempotencyKey });
    const first = await stored();
    await workshop.pass(7_200_000);
    expect(await push(batch, {}, { idempotencyKey })).toEqual({ ok: true, value: 2 });
    expect(await stored()).toEqual(first);
  });

  it('is refused with other measurements', async () => {
    await push([measurement()], {}, { idempotencyKey });
    const other = await push([measurement(), measurement()], {}, { idempotencyKey });
    expect(other).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('may come again after it was refused', async () => {
    const late = measurement({ at: after(now(), 5_500) });
    expect(await push([late], {}, { idempotencyKey })).toMatchObject({ ok: false });
    await workshop.pass(1_000);
    expect(await push([late], {}, { idempotencyKey })).toEqual({ ok: true, value: 1 });
  });
});
