import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MetricQuery } from '@spillway/domain-analysis';
import { after, duration, sourceName, version } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { PushedFigure, PushedMeasurement } from '../port/pushed-store.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, catalog, eu, us } from '../testing/index.js';
import { readMetric } from './read-metric.js';

const minute = 60_000;
const source = sourceName('datadog');
let workshop: Workshop;
let record: ClusterRecord;
beforeEach(async () => {
  workshop = await aWorkshop();
  const [found] = await workshop.uow.run((tx) => tx.clusters.getAll([eu]));
  if (found === undefined) throw new Error('eu is there');
  record = found;
});

const read = (query: MetricQuery) => {
  const question = {
    query,
    service: aService(),
    stable: version('v1'),
    candidate: version('v2'),
    at: workshop.clock.now(),
    window: duration(minute),
  };
  return readMetric(question, record, workshop.deps);
};

it('of Istio is read from the cluster’s own metrics', async () => {
  expect(await read({ kind: 'requestSuccessRate' })).toEqual(workshop.reading);
  expect(workshop.asked).toMatchObject([{ cluster: eu }]);
});

it('of a source that is not there is an error that names it', async () => {
  expect(await read({ kind: 'source', source, value: 'q' })).toEqual({
    kind: 'error',
    message: 'there is no source "datadog"',
  });
});

it('of a source is read from that, and not from the cluster', async () => {
  const connection = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
  await workshop.useCases.putSource({ name: source, connection }, aCaller('anna'));
  workshop.answer = { kind: 'value', value: 7 };
  expect(await read({ kind: 'source', source, value: 'q' })).toEqual({
    kind: 'value',
    candidate: { value: 7 },
  });
  expect(workshop.asked).toEqual([]);
});

describe('what was pushed', () => {
  const pushed = (of: string, figure: PushedFigure, change: Partial<PushedMeasurement> = {}) =>
    workshop.uow.run((tx) =>
      tx.pushed.add([
        {
          metric: 'orders',
          cluster: eu,
          service: catalog,
          version: version(of),
          at: workshop.clock.now(),
          figure,
          ...change,
        },
      ]),
    );
  const value = (of: number): PushedFigure => ({ kind: 'value', value: of });
  const counts = (requests: number, errors: number): PushedFigure => ({
    kind: 'counts',
    requests,
    errors,
  });
  const orders = { kind: 'pushed', metric: 'orders' } as const;

  it('is the mean of values for each version', async () => {
    await pushed('v2', value(4));
    await pushed('v2', value(8));
    await pushed('v1', value(3));
    expect(await read(orders)).toEqual({
      kind: 'value',
      candidate: { value: 6 },
      stable: { value: 3 },
    });
  });

  it('is the success rate of requests, added up', async () => {
    await pushed('v2', counts(100, 3));
    await pushed('v2', counts(100, 2));
    expect(await read(orders)).toEqual({
      kind: 'value',
      candidate: { value: 97.5, requests: 200, errors: 5 },
    });
  });

  it.each<[string, Partial<PushedMeasurement>]>([
    ['another cluster', { cluster: us }],
    ['another metric', { metric: 'sales' }],
    ['another version', { version: version('v1') }],
  ])('of %s is no data', async (_, change) => {
    await pushed('v2', value(4), change);
    expect(await read(orders)).toEqual({ kind: 'empty' });
  });

  it('before the window, or without any request, is no data', async () => {
    await pushed('v2', value(4), { at: after(workshop.clock.now(), -minute) });
    await pushed('v2', counts(0, 0));
    expect(await read(orders)).toEqual({ kind: 'empty' });
  });
});
