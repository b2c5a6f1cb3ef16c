import { expect, it } from '@jest/globals';
import type { Measurement, Reading } from '@spillway/domain-analysis';
import { aMoment } from '@spillway/domain-release/testing';
import { after, serviceName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { looksContract } from './looks-contract.js';
import { eu, putSurroundings, saveFirst, someRelease, us } from './sample.js';

const aMeasurement = (overrides: Partial<Measurement> = {}): Measurement => ({
  metric: 'success-rate',
  cluster: eu,
  ordinal: 0,
  from: aMoment,
  to: after(aMoment, 60_000),
  reading: { kind: 'value', candidate: { value: 99.5, requests: 120 }, stable: { value: 99.9 } },
  ...overrides,
});

const readings: readonly Reading[] = [
  { kind: 'value', candidate: { value: 0.1 + 0.2 } },
  { kind: 'empty' },
  { kind: 'notANumber' },
  { kind: 'error', message: 'HTTP 503' },
];

/** What every `MeasurementStore` promises. */
export function measurementStoreContract(make: () => Promise<Harness>): void {
  looksContract(make);
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

  it.each(readings)('gives back a reading of kind $kind as it was added', async (reading) => {
    const { uow, id } = await start();
    const measured = aMeasurement({ reading });
    await uow.run((tx) => tx.measurements.add(id, 0, [measured]));
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 0))).toEqual([measured]);
  });

  it('orders those of a step by metric, cluster and ordinal', async () => {
    const { uow, id } = await start();
    const ordered = [
      aMeasurement({ metric: 'latency', cluster: us, ordinal: 0 }),
      aMeasurement({ metric: 'success-rate', cluster: eu, ordinal: 2 }),
      aMeasurement({ metric: 'success-rate', cluster: eu, ordinal: 10 }),
      aMeasurement({ metric: 'success-rate', cluster: us, ordinal: 1 }),
    ];
    await uow.run((tx) => tx.measurements.add(id, 0, [...ordered].reverse()));
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 0))).toEqual(ordered);
  });

  it('keeps the first of two with the same step, metric, cluster and ordinal', async () => {
    const { uow, id } = await start();
    await uow.run((tx) => tx.measurements.add(id, 0, [aMeasurement()]));
    await uow.run((tx) =>
      tx.measurements.add(id, 0, [
        aMeasurement({ reading: { kind: 'empty' } }),
        aMeasurement({ ordinal: 1 }),
      ]),
    );
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 0))).toEqual([
      aMeasurement(),
      aMeasurement({ ordinal: 1 }),
    ]);
  });

  it('tells steps and releases apart', async () => {
    const { uow, id } = await start();
    const other = someRelease({ service: serviceName('shop/cart') });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [other.service]);
      await saveFirst(tx, other);
      await tx.measurements.add(id, 1, [aMeasurement()]);
      await tx.measurements.add(other.id, 0, [aMeasurement()]);
    });
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 0))).toEqual([]);
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 1))).toHaveLength(1);
  });

  it('takes an empty list', async () => {
    const { uow, id } = await start();
    await uow.run((tx) => tx.measurements.add(id, 0, []));
    expect(await uow.run((tx) => tx.measurements.ofStep(id, 0))).toEqual([]);
  });
}
