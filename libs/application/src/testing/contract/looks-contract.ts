import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '@spillway/domain-analysis';
import { aMoment } from '@spillway/domain-release/testing';
import { after, serviceName } from '@spillway/kernel';
import type { JudgedMeasurement, Look, LookFilter } from '../../port/measurement-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesOf } from './pages.js';
import { eu, putSurroundings, saveFirst, someRelease, us } from './sample.js';

const minute = 60_000;

/** The n-th minute of a step. */
const aMinute = (
  ordinal: number,
  overrides: Partial<JudgedMeasurement> = {},
): JudgedMeasurement => ({
  metric: 'errors',
  cluster: eu,
  ordinal,
  from: after(aMoment, ordinal * minute),
  to: after(aMoment, (ordinal + 1) * minute),
  reading: { kind: 'empty' },
  ...overrides,
});

const failing: Verdict = {
  kind: 'fail',
  because: 'candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate “Größe”',
  evidence: {
    metric: 'errors',
    cluster: eu,
    measured: 3,
    passed: 0,
    failed: 3,
    belowMinSample: 0,
    empty: 0,
    notANumber: 0,
    consecutiveErrors: 0,
    lastValue: 0.1 + 0.2,
    requests: 2_010,
    comparison: {
      judge: 'errorCount',
      candidate: { n: 2_010, errors: 41 },
      stable: { n: 18_204, errors: 38 },
      estimate: 9.771_542_290_128_307,
      low: 6.2,
      logE: 8.07,
      isEnough: true,
      because: 'e = 3,200, stop at 1,000',
    },
    standing: { alpha: 0.001, logE: 8.07, pValue: 3.125e-4 },
  },
};

const places = (looks: readonly Look[]): readonly string[] =>
  looks.map(({ step, metric, cluster, ordinal }) => `${step} ${metric} ${cluster} ${ordinal}`);

/** What every `MeasurementStore` promises of what was concluded. */
export function looksContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async (...steps: readonly (readonly JudgedMeasurement[])[]) => {
    const { uow } = await fill();
    const { id } = someRelease();
    await uow.run(async (tx) => {
      await putSurroundings(tx);
      await saveFirst(tx, someRelease({ id }));
      for (const [step, made] of steps.entries()) await tx.measurements.add(id, step, made);
    });
    const looks = async (filter: LookFilter = {}) => {
      const page = await uow.run((tx) => tx.measurements.looks(id, filter, { limit: 100 }));
      return page.items;
    };
    return { uow, id, looks };
  };

  it('gives back what was asked and concluded with what was measured', async () => {
    const judged = aMinute(0, {
      query: 'requests of both versions, and those that failed',
      verdict: failing,
      reading: {
        kind: 'value',
        candidate: { value: 97.96, requests: 2_010, errors: 41 },
        stable: { value: 99.79, requests: 18_204, errors: 38 },
      },
    });
    const { looks } = await start([], [judged]);
    expect(await looks()).toEqual([{ ...judged, step: 1 }]);
  });

  it('gives back one without a verdict or a query as it is', async () => {
    const { looks } = await start([aMinute(0)]);
    const [look] = await looks();
    expect(look).toEqual({ ...aMinute(0), step: 0 });
    expect(look).not.toHaveProperty('verdict');
    expect(look).not.toHaveProperty('query');
  });

  it('leaves query and verdict out of the measurements of a step', async () => {
    const { uow, id } = await start([aMinute(0, { query: 'q', verdict: failing })]);
    const [measurement] = await uow.run((tx) => tx.measurements.ofStep(id, 0));
    expect(Object.keys(measurement ?? {}).toSorted()).toEqual(Object.keys(aMinute(0)).toSorted());
  });

  it('lists the newest windows first, then by metric, cluster, step and ordinal downwards', async () => {
    const same = { from: aMinute(2).from, to: aMinute(2).to };
    const { looks } = await start(
      [
        aMinute(0),
        aMinute(2),
        aMinute(3, same),
        aMinute(10, same),
        aMinute(2, { cluster: us }),
        aMinute(2, { metric: 'errors-5xx' }),
      ],
      [aMinute(5), aMinute(0, same)],
    );
    expect(places(await looks())).toEqual([
      '1 errors eu 5',
      '0 errors-5xx eu 2',
      '0 errors us 2',
      '1 errors eu 0',
      '0 errors eu 10',
      '0 errors eu 3',
      '0 errors eu 2',
      '0 errors eu 0',
    ]);
  });

  it('sorts moments as moments where they differ by a millisecond', async () => {
    const later = (n: number) => aMinute(n, { to: after(aMoment, n) });
    const { looks } = await start([later(1), later(2), later(0)]);
    expect(places(await looks())).toEqual(['0 errors eu 2', '0 errors eu 1', '0 errors eu 0']);
  });

  it('tells releases apart', async () => {
    const { uow, looks } = await start([aMinute(0)]);
    const other = someRelease({ service: serviceName('shop/cart') });
    await uow.run(async (tx) => {
      await putSurroundings(tx, [other.service]);
      await saveFirst(tx, other);
      await tx.measurements.add(other.id, 0, [aMinute(7)]);
    });
    expect(places(await looks())).toEqual(['0 errors eu 0']);
  });

  describe('of what is asked for', () => {
    const some = () =>
      start(
        [aMinute(0), aMinute(0, { cluster: us }), aMinute(1, { metric: 'latency' })],
        [aMinute(3), aMinute(2, { metric: 'latency', cluster: us })],
      );
    it.each<[LookFilter, readonly string[]]>([
      [{ step: 0 }, ['0 latency eu 1', '0 errors us 0', '0 errors eu 0']],
      [{ metric: 'latency' }, ['1 latency us 2', '0 latency eu 1']],
      [{ cluster: us }, ['1 latency us 2', '0 errors us 0']],
      [{ step: 0, metric: 'errors', cluster: us }, ['0 errors us 0']],
      [{ step: 2 }, []],
      [{ metric: 'lat' }, []],
    ])('lists %j', async (filter, expected) => {
      const { looks } = await some();
      expect(places(await looks(filter))).toEqual(expected);
    });
  });

  describe('page by page', () => {
    /** Windows that end together, so that every part of the order is where some page ends. */
    const together = [0, 1].map((step) =>
      [0, 1, 2].flatMap((ordinal) =>
        ['errors', 'errors-5xx'].flatMap((metric) =>
          [eu, us].map((cluster) =>
            aMinute(ordinal + 9 * step, { metric, cluster, to: aMinute(ordinal).to }),
          ),
        ),
      ),
    );

    it.each([1, 2, 5, 23, 24])('neither repeats nor skips any at %d a page', async (limit) => {
      const { uow, id, looks } = await start(...together);
      const pages = await pagesOf(limit, (page) =>
        uow.run((tx) => tx.measurements.looks(id, {}, page)),
      );
      expect(pages).toHaveLength(Math.ceil(24 / limit));
      expect(pages.flat()).toEqual(await looks());
    });

    it('keeps to what is asked for', async () => {
      const { uow, id, looks } = await start(...together);
      const filter = { metric: 'errors', cluster: us };
      const pages = await pagesOf(4, (page) =>
        uow.run((tx) => tx.measurements.looks(id, filter, page)),
      );
      expect(pages.map(({ length }) => length)).toEqual([4, 2]);
      expect(pages.flat()).toEqual(await looks(filter));
    });

    it('goes on after the cursor when newer looks have come', async () => {
      const { uow, id } = await start([aMinute(0), aMinute(1)]);
      const read = (page: { limit: number; cursor?: string }) =>
        uow.run((tx) => tx.measurements.looks(id, {}, page));
      const { next = '' } = await read({ limit: 1 });
      await uow.run((tx) => tx.measurements.add(id, 1, [aMinute(2)]));
      const rest = await read({ limit: 5, cursor: next });
      expect(places(rest.items)).toEqual(['0 errors eu 0']);
      expect(rest).not.toHaveProperty('next');
    });
  });
}
