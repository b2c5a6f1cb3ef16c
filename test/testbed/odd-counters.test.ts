import { afterEach, expect, it } from '@jest/globals';
import type { MetricsSource } from '@spillway/application';
import { read, sourceAt } from './asking.js';
import { startPrometheus, type HistorySeries, type TestPrometheus } from './src/index.js';

const second = 1_000;
const start = 1_700_000_010 * second;
const host = 'catalog.shop.svc.cluster.local';

let prometheus: TestPrometheus | undefined;
let source: MetricsSource | undefined;
afterEach(async () => {
  await source?.close();
  await prometheus?.stop();
});

/** Samples every 15 seconds; `undefined` where there was none. */
const sampled = (
  name: string,
  labels: Readonly<Record<string, string>>,
  values: readonly (number | undefined)[],
): HistorySeries => ({
  name,
  labels,
  samples: values.flatMap((value, i) =>
    value === undefined ? [] : [[start + i * 15 * second, value] as const],
  ),
});

const counter = (code: string, values: readonly (number | undefined)[]): HistorySeries =>
  sampled(
    'istio_requests_total',
    {
      reporter: 'destination',
      destination_service: host,
      destination_version: 'v2',
      response_code: code,
    },
    values,
  );

const times = <T>(n: number, value: T): readonly T[] => Array.from({ length: n }, () => value);
const upFor = (scrapes: number, since = 0): HistorySeries =>
  sampled('up', { job: 'mesh' }, [...times(since, undefined), ...times(scrapes, 1)]);

/** Requests in each of `n` windows of 30 seconds that touch; a reading without is its kind. */
async function counts(
  history: readonly HistorySeries[],
  n: number,
): Promise<readonly (number | string | undefined)[]> {
  prometheus = await startPrometheus({ targets: [], history });
  source = sourceAt(prometheus.url);
  const all: (number | string | undefined)[] = [];
  for (let i = 1; i <= n; i += 1) {
    const at = start + i * 30 * second;
    const reading = await read(source, host, { at, window: 30 * second });
    all.push(reading.kind === 'value' ? reading.candidate.requests : reading.kind);
  }
  return all;
}

it('counts the first requests of a series, which increase() never sees', async () => {
  const history = [upFor(60), counter('503', [...times(10, undefined), 3, 3, 5, 5, 5])];
  expect(await counts(history, 8)).toEqual([...times(4, 'empty'), 3, 2, 'empty', 'empty']);
});

it('counts on after resets, also where the counter soon is as high as it was', async () => {
  const history = [upFor(60), counter('200', [9, 9, 9, 9, 9, 9, 9, 12, 4, 13, 2, 30, 5, 5, 5])];
  expect(await counts(history, 7)).toEqual([
    'empty',
    'empty',
    'empty',
    3 + 4,
    9 + 2,
    28 + 5,
    'empty',
  ]);
});

it('counts what came while nobody scraped for some minutes with the scrape that shows it', async () => {
  const history = [upFor(60), counter('200', [50, 50, ...times(16, undefined), 80, 81])];
  expect(await counts(history, 10)).toEqual([...times(8, 'empty'), 30, 1]);
});

it('counts nothing that came while nobody scraped for longer, and least of all a whole life', async () => {
  const history = [upFor(60), counter('200', [500, 500, ...times(22, undefined), 800, 801, 803])];
  expect(await counts(history, 13)).toEqual([...times(12, 'empty'), 3]);
});

it('takes no series for new when the backend itself is', async () => {
  const late = 6;
  const before = times(late, undefined);
  const history = [
    upFor(60, late),
    counter('200', [...before, 90_000, 90_001, 90_003, 90_003, 90_003, 90_004]),
    counter('503', [...before, ...times(6, undefined), 7, 7]),
  ];
  expect(await counts(history, 7)).toEqual([...times(3, 'empty'), 1 + 2, 'empty', 1 + 7, 'empty']);
});

it('gives no number for a window with a counter that is none, and numbers before and after', async () => {
  const history = [upFor(60), counter('200', [5, 6, 7, 8, Number.NaN, 10, 11, 13, 13])];
  const [first, second_, third, fourth] = await counts(history, 4);
  expect([first, second_, third, fourth]).toEqual([2, 'notANumber', 'notANumber', 2]);
});
