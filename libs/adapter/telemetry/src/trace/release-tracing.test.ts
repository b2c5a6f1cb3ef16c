import { describe, expect, it } from '@jest/globals';
import { aCaller, eu } from '@spillway/application/testing';
import { aHook } from '@spillway/domain-release/testing';
import { releaseId, serviceName, strategyName, version } from '@spillway/kernel';
import { aTracedWorkshop } from '../testing/traced-workshop.js';
import { spanIdOf, traceIdOf } from './ids.js';
import type { Span } from './span.js';

const minute = 60_000;
const named = (spans: readonly Span[], name: string) => spans.filter((span) => span.name === name);
const writes = (spans: readonly Span[]) => spans.filter(({ name }) => name.startsWith('write '));

describe('the trace of a release', () => {
  it('has every call to a cluster, within the traffic that it is for', async () => {
    const { workshop, tracing, spans } = await aTracedWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(30 * minute);
    await tracing.close();
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(id)]));
    const asked = workshop.cluster(eu).asked.length;
    const inEu = writes(spans).filter((one) => one.attributes['spillway.cluster'] === eu);
    expect(inEu).toHaveLength(asked);
    const traffic = new Map(named(spans, 'traffic').map((span) => [span.spanId, span]));
    const about = ({ attributes }: Span) =>
      [attributes['spillway.cluster'], attributes['spillway.generation']].join(' ');
    const ofTraffic = writes(spans).filter(({ parentId }) => traffic.has(parentId ?? ''));
    expect(ofTraffic.length).toBeGreaterThanOrEqual(6);
    for (const write of ofTraffic) {
      expect(about(write)).toBe(about(traffic.get(write.parentId ?? '') as Span));
      expect(write.attributes['spillway.outcome']).toBe('applied');
    }
  });

  it('has what a write came to where it did not go through', async () => {
    const { workshop, spans } = await aTracedWorkshop();
    workshop.cluster(eu).answers.push({ kind: 'refused', reason: 'admission says no' });
    await workshop.started();
    await workshop.work();
    expect(writes(spans)).toContainEqual(
      expect.objectContaining({
        kind: 'client',
        attributes: expect.objectContaining({ 'spillway.outcome': 'refused' }),
        failure: 'admission says no',
      }),
    );
  });

  it('has each question to the metrics within the step that asks', async () => {
    const { workshop, tracing, spans } = await aTracedWorkshop();
    await workshop.started();
    await workshop.pass(30 * minute);
    await tracing.close();
    const measures = named(spans, 'measure');
    expect(measures).toHaveLength(workshop.asked.length);
    const bakes = new Set(named(spans, 'step bake').map(({ spanId }) => spanId));
    for (const { parentId = '', attributes } of measures) {
      expect(bakes.has(parentId)).toBe(true);
      expect(attributes['spillway.outcome']).toBe('value');
    }
  });

  it('goes on in the hooks that it asks', async () => {
    const { workshop, spans } = await aTracedWorkshop({ hooks: [aHook()] });
    workshop.outgoing.at('https://gate.test/', { status: 200 });
    const { id } = await workshop.started();
    await workshop.work();
    const [hook] = named(spans, 'hook');
    expect(hook).toMatchObject({
      attributes: { 'spillway.hook': 'gate', 'http.response.status_code': 200 },
    });
    expect(workshop.outgoing.sent[0]?.headers['traceparent']).toBe(
      `00-${traceIdOf(id)}-${hook?.spanId}-01`,
    );
  });

  it('has the commands of people, linked to the trace that they came in', async () => {
    const { workshop, tracing, useCases, spans } = await aTracedWorkshop();
    const sender = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    const { id } = await workshop.started();
    const asked = { release: id, verb: 'abort', comment: '' } as const;
    let done: Promise<unknown> = Promise.resolve();
    tracing.request(`00-${sender.traceId}-${sender.spanId}-01`, () => {
      done = useCases.commandRelease(asked, aCaller('bob'));
    });
    await done;
    await useCases.commandRelease({ ...asked, verb: 'promote' }, aCaller('eve'));
    expect(spans).toMatchObject([
      {
        name: 'commandRelease abort',
        traceId: traceIdOf(id),
        parentId: spanIdOf(id, 'release'),
        attributes: { 'spillway.actor': 'bob', 'spillway.outcome': 'accepted' },
        links: [sender],
      },
      { attributes: { 'spillway.outcome': 'NOT_POSSIBLE_IN_PHASE' }, links: [] },
    ]);
  });

  it('has its start, whose id nobody knew before', async () => {
    const { useCases, spans } = await aTracedWorkshop();
    const wanted = {
      service: serviceName('shop/catalog'),
      candidate: version('v2'),
      strategy: strategyName('canary-10'),
      description: '',
    };
    const started = await useCases.startRelease(wanted, aCaller());
    const refused = await useCases.startRelease(wanted, aCaller());
    expect([started.ok, refused.ok]).toEqual([true, false]);
    expect(spans.map(({ name, traceId }) => [name, traceId])).toEqual([
      ['startRelease', started.ok && traceIdOf(started.value.id)],
    ]);
  });
});

it('is not there for releases that are not among those that are traced', async () => {
  const { workshop, tracing, spans, useCases } = await aTracedWorkshop({}, 0);
  const { id } = await workshop.started();
  await workshop.pass(30 * minute);
  await useCases.commandRelease({ release: id, verb: 'abort', comment: '' }, aCaller());
  await tracing.close();
  expect(spans).toEqual([]);
});

it('is not made up for an id that is no UUID', async () => {
  const { spans, useCases } = await aTracedWorkshop();
  const asked = { release: releaseId('one'), verb: 'abort', comment: '' } as const;
  expect(await useCases.commandRelease(asked, aCaller())).toMatchObject({ ok: false });
  expect(spans).toEqual([]);
});
