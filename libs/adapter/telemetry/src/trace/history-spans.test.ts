import { describe, expect, it } from '@jest/globals';
import { aCaller, aWorkshop, eu, us, type Workshop } from '@spillway/application/testing';
import type { ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import { endedSpans } from './history-spans.js';
import { spanIdOf, traceIdOf } from './ids.js';
import type { Span } from './span.js';

const minute = 60_000;

const historyOf = async (workshop: Workshop, id: ReleaseId): Promise<readonly ReleaseEvent[]> =>
  (await workshop.uow.run((tx) => tx.releases.events(id, 0, 10_000))).map(({ event }) => event);

const all = (history: readonly ReleaseEvent[]) => endedSpans(history, history.length);
const named = (spans: readonly Span[], name: string) => spans.filter((span) => span.name === name);
const outcomes = (spans: readonly Span[]) =>
  spans.map((span) => span.attributes['spillway.outcome']);

async function succeeded() {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(30 * minute);
  return { id, history: await historyOf(workshop, id) };
}

describe('the spans of a release', () => {
  it('are one for all of it, its stages in it, and traffic in those', async () => {
    const { id, history } = await succeeded();
    const spans = all(history);
    const [root, ...others] = named(spans, 'release');
    expect(others).toEqual([]);
    expect(root).toMatchObject({
      traceId: traceIdOf(id),
      from: history[0]?.at,
      to: history.at(-1)?.at,
      attributes: { 'spillway.candidate': 'v2', 'spillway.outcome': 'succeeded' },
    });
    expect(root).not.toHaveProperty('parentId');
    expect(root).not.toHaveProperty('failure');
    const stages = spans.filter(({ parentId }) => parentId === root?.spanId);
    expect(stages.map(({ name }) => name)).toEqual([
      'prepare',
      ...['setWeight', 'bake', 'setWeight', 'bake', 'setWeight'].map((kind) => `step ${kind}`),
      'promote',
    ]);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(ids.size).toBe(spans.length);
    const parents = spans.flatMap(({ parentId }) => (parentId === undefined ? [] : [parentId]));
    expect(parents.filter((parent) => !ids.has(parent))).toEqual([]);
  });

  it('tell for each cluster and generation how long it took to be read back', async () => {
    const { history } = await succeeded();
    const traffic = named(all(history), 'traffic');
    const applied = history.flatMap((event) =>
      event.type === 'trafficApplied' ? [`${event.cluster} ${event.generation}`] : [],
    );
    expect(
      traffic.map(
        ({ attributes }) =>
          `${attributes['spillway.cluster']} ${attributes['spillway.generation']}`,
      ),
    ).toEqual(applied);
    expect(new Set(outcomes(traffic))).toEqual(new Set(['trafficApplied']));
    expect(traffic.length).toBeGreaterThan(5);
  });

  it('are each written once, by whoever commits the end', async () => {
    const { history } = await succeeded();
    const byEach = history.flatMap((_, index) => endedSpans(history.slice(0, index + 1), 1));
    expect(byEach).toEqual(all(history));
  });

  it('say of a rollback what failed and why', async () => {
    const workshop = await aWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    workshop.reading = { kind: 'value', candidate: { value: 50 } };
    await workshop.pass(5 * minute);
    const spans = all(await historyOf(workshop, id));
    const [step] = named(spans, 'step bake');
    expect(step).toMatchObject({
      attributes: { 'spillway.outcome': 'rollbackStarted', 'spillway.step': 2 },
      failure: expect.stringContaining('success-rate'),
    });
    expect(named(spans, 'roll back')).toHaveLength(1);
    expect(named(spans, 'release')[0]).toMatchObject({
      attributes: { 'spillway.outcome': 'rolledBack' },
      failure: expect.any(String),
    });
  });

  it('have a gap where the release is paused, and holds in the midst of what they hold', async () => {
    const workshop = await aWorkshop({ metrics: [] });
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    const tell = (verb: 'pause' | 'resume') =>
      workshop.useCases.commandRelease({ release: id, verb, comment: '' }, aCaller('bob'));
    await tell('pause');
    await workshop.pass(minute);
    await tell('resume');
    await workshop.pass(minute);
    for (const name of [eu, us]) workshop.cluster(name).become('unreachable');
    await workshop.pass(10 * minute);
    for (const name of [eu, us]) workshop.cluster(name).become('ready');
    await workshop.pass(30 * minute);
    const spans = all(await historyOf(workshop, id));
    const bakes = named(spans, 'step bake');
    expect(outcomes(bakes).slice(0, 2)).toEqual(['paused', 'stepCompleted']);
    const [before, after] = bakes;
    const [paused] = named(spans, 'paused');
    expect(paused).toMatchObject({ from: before?.to, to: after?.from });
    const [held] = named(spans, 'held');
    expect(held?.attributes['spillway.reason']).toBe('clusterUnreachable');
    expect(spans.map(({ spanId }) => spanId)).toContain(held?.parentId);
    expect(held?.parentId).not.toBe(spanIdOf(id, 'release'));
  });
});
