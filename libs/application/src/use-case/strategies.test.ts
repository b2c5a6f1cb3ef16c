import { beforeEach, expect, it } from '@jest/globals';
import type { StepTemplate } from '@spillway/domain-release';
import { aMetric, aStrategy } from '@spillway/domain-release/testing';
import { EVERYTHING, basisPoints, duration, sourceName, strategyName } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

const caller = aCaller('anna');
const name = strategyName('canary-10');
let workshop: Workshop;
const draft = (overrides: Parameters<typeof aStrategy>[0] = {}) => {
  const { version: _, ...strategy } = aStrategy(overrides);
  return strategy;
};
beforeEach(async () => {
  workshop = await aWorkshop();
});

it('makes a new version of new content and none of the same', async () => {
  expect(await workshop.useCases.putStrategy(draft(), caller)).toMatchObject({
    value: { version: 1 },
  });
  expect(await workshop.useCases.putStrategy(draft({ steps: [] }), caller)).toMatchObject({
    value: { version: 2 },
  });
  expect(await workshop.useCases.getStrategy(name, undefined, aCaller())).toMatchObject({
    value: { version: 2, steps: [] },
  });
  expect(await workshop.useCases.getStrategy(name, 1, aCaller())).toMatchObject({
    value: { version: 1 },
  });
});

it('leaves a running release the plan that it began with', async () => {
  const { id, plan } = await workshop.started();
  await workshop.useCases.putStrategy(draft({ steps: [] }), caller);
  expect(await workshop.release(id)).toMatchObject({ plan, strategy: { version: 1 } });
});

it('refuses a strategy that no release could follow, and stores nothing of it', async () => {
  const steps = [5_000, 1_000].map(
    (weight) => ({ kind: 'setWeight', weight: basisPoints(weight) }) as const,
  );
  expect(await workshop.useCases.putStrategy(draft({ steps }), caller)).toMatchObject({
    ok: false,
    error: { code: 'INVALID_WEIGHTS', field: 'steps[1].setWeight' },
  });
  expect(await workshop.useCases.getStrategy(name, undefined, aCaller())).toMatchObject({
    value: { version: 1 },
  });
});

it('refuses a strategy that asks a source which is not there, and stores nothing of it', async () => {
  const source = sourceName('datadog');
  const asking = aMetric({ query: { kind: 'source', source, value: 'q' } });
  const counting = aMetric({
    name: 'orders',
    query: { kind: 'sourceCounts', source, requests: 'r', errors: 'e' },
  });
  const put = (overrides: Parameters<typeof aStrategy>[0]) =>
    workshop.useCases.putStrategy(draft(overrides), caller);
  expect(await put({ metrics: [asking] })).toMatchObject({
    ok: false,
    error: {
      code: 'UNKNOWN_SOURCE',
      field: 'metrics[0].query.source.name',
      message: 'There is no source "datadog".',
      next: 'List them with "spillway source list", or add it first.',
    },
  });
  const steps: readonly StepTemplate[] = [
    { kind: 'switch' },
    { kind: 'analyze', metrics: [aMetric(), counting] },
  ];
  expect(await put({ steps })).toMatchObject({
    error: {
      code: 'UNKNOWN_SOURCE',
      field: 'steps[1].analyze.metrics[1].query.sourceCounts.name',
    },
  });
  expect(await workshop.useCases.getStrategy(name, undefined, aCaller())).toMatchObject({
    value: { version: 1 },
  });
  const connection = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
  await workshop.useCases.putSource({ name: source, connection }, caller);
  expect(await put({ metrics: [asking], steps })).toMatchObject({ ok: true });
});

it('refuses a query with a variable that is not known', async () => {
  const query = { kind: 'promql', template: 'up{app="{{app}}"}' } as const;
  expect(
    await workshop.useCases.putStrategy(draft({ metrics: [aMetric({ query })] }), caller),
  ).toMatchObject({
    ok: false,
    error: { code: 'INVALID_STRATEGY', field: 'metrics[0].query.promql' },
  });
});

it('refuses a name and a version that do not exist', async () => {
  expect(
    await workshop.useCases.getStrategy(strategyName('x'), undefined, aCaller()),
  ).toMatchObject({
    error: { code: 'UNKNOWN_STRATEGY', message: 'There is no strategy "x".' },
  });
  expect(await workshop.useCases.getStrategy(name, 9, aCaller())).toMatchObject({
    error: { message: 'There is no strategy "canary-10 version 9".' },
  });
});

it('refuses a cookie where no weight draws people apart', async () => {
  const sticky = { cookie: 'release', lifetime: duration(3_600_000) };
  const put = (steps: readonly StepTemplate[]) =>
    workshop.useCases.putStrategy(draft({ steps, sticky }), caller);
  expect(await put([{ kind: 'switch' }])).toMatchObject({
    ok: false,
    error: {
      code: 'INVALID_STRATEGY',
      field: 'sticky',
      message: expect.stringContaining('release'),
    },
  });
  expect(await put([{ kind: 'setWeight', weight: EVERYTHING }])).toMatchObject({ ok: false });
  expect(await put([{ kind: 'setWeight', weight: basisPoints(1) }])).toMatchObject({ ok: true });
});
