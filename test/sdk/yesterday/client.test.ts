/**
 * The SDK’s tests as they were before `Spillway`: what worked then goes on working.
 * Never adapt a call of the SDK here; the server beside it may change.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CodedError } from '@spillway/kernel';
import { aLook } from '@spillway/interface-contract/testing';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import {
  createSpillwayClient,
  SpillwayError,
  SpillwayUnreachable,
  type SpillwayClient,
} from '@spillway/sdk';

let app: RestApp;
let spillway: SpillwayClient;
const clientOf = (options: { token?: string; baseUrl?: string } = {}): SpillwayClient =>
  createSpillwayClient({ baseUrl: app.url, token: 'token-of-ci', backOffMs: 0, ...options });

beforeAll(async () => {
  app = await startRestApp();
  spillway = clientOf({ baseUrl: `${app.url}/` });
});
afterEach(() => app.useCases.failWith(undefined));
afterAll(() => app.close());

const release = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' };

describe('the SDK', () => {
  it('puts, reads, lists, probes and removes clusters', async () => {
    for (const name of ['eu-west', 'us-east']) {
      const connection = { inCluster: true } as const;
      await spillway.clusters.put({ name, connection, metrics: { none: true } });
    }
    expect(await spillway.clusters.get('eu-west')).toMatchObject({ state: 'ready' });
    expect(await spillway.clusters.list({ limit: 1 })).toMatchObject({ next: '1' });
    expect(await spillway.clusters.probe('eu-west')).toMatchObject({ ok: false });
    const names: string[] = [];
    for await (const { name } of spillway.clusters.all({ limit: 1 })) names.push(name);
    expect(names).toEqual(['eu-west', 'us-east']);
    await spillway.clusters.remove('us-east');
    await expect(spillway.clusters.get('us-east')).rejects.toMatchObject({ status: 404 });
  });

  it('puts and reads services and strategies', async () => {
    const service = { name: 'shop/catalog', port: 80, stable: 'v1', clusters: ['eu-west'] };
    await spillway.services.put(service);
    expect(await spillway.services.get('shop/catalog')).toMatchObject(service);
    expect((await spillway.services.list()).items).toHaveLength(1);
    await expect(spillway.services.get('catalog')).rejects.toThrow('write namespace/name');

    await spillway.strategies.put({ name: 'canary', steps: [{ setWeight: 10 }] });
    const second = await spillway.strategies.put({ name: 'canary', steps: [{ setWeight: 20 }] });
    expect(second.version).toBe(2);
    expect(await spillway.strategies.get('canary', { version: 1 })).toMatchObject({ version: 1 });
    expect((await spillway.strategies.list()).items).toMatchObject([{ version: 2 }]);
  });

  it('puts, lists and removes secrets and sources', async () => {
    await spillway.secrets.put('influx-token', 'text');
    const names: string[] = [];
    for await (const { name } of spillway.secrets.all({ limit: 1 })) names.push(name);
    expect(names).toEqual(['influx-token']);

    const url = 'https://influx.example';
    const influxdb = { url, organization: 'shop', token: { secret: 'influx-token' } };
    const put = await spillway.sources.put({ name: 'influx', connection: { influxdb } });
    expect(put).toMatchObject({ connection: { influxdb }, timeout: '10s' });
    expect(await spillway.sources.get('influx')).toEqual(put);
    expect((await spillway.sources.list()).items).toEqual([put]);
    await spillway.sources.remove('influx');
    await expect(spillway.sources.get('influx')).rejects.toMatchObject({ code: 'UNKNOWN_SOURCE' });
    await spillway.secrets.remove('influx-token');
    expect((await spillway.secrets.list()).items).toEqual([]);
  });

  it('pushes measurements, with a key of its own where it is given none', async () => {
    const where = { metric: 'm', cluster: 'eu-west', service: 'shop/catalog', version: 'v2' };
    const pushed = await spillway.measurements.push([
      { ...where, value: 1.5 },
      { ...where, requests: 10, errors: 1, at: '2026-01-05T10:00:00Z' },
    ]);
    expect(pushed).toEqual({ accepted: 2 });
    expect(app.useCases.commands.at(-1)).toMatchObject({
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('starts, reads, lists and tells releases', async () => {
    const { id } = await spillway.releases.start(release, { idempotencyKey: 'deploy-42' });
    expect(app.useCases.commands.at(-1)).toMatchObject({ idempotencyKey: 'deploy-42' });
    expect(await spillway.releases.get(id)).toMatchObject({ id, candidate: 'v2' });
    const found = await spillway.releases.list({ service: 'shop/catalog', phase: undefined });
    expect(found.items.map((one) => one.id)).toContain(id);
    expect(await spillway.releases.events(id)).toEqual({ items: [] });
    for (const verb of ['pause', 'resume', 'promote', 'abort'] as const) {
      await spillway.releases[verb](id, { comment: `please ${verb}` });
      expect(app.useCases.commands.at(-1)).toMatchObject({ verb, comment: `please ${verb}` });
    }
  });

  it('reads looks, a part of them or all', async () => {
    const { id } = await spillway.releases.start(release);
    app.useCases.looks.push(aLook({ step: 1 }), aLook({ ordinal: 1 }), aLook());
    const part = await spillway.releases.looks(id, { step: 0, metric: 'errors', cluster: 'eu' });
    expect(part.items.map(({ ordinal }) => ordinal)).toEqual([1, 0]);
    const steps: number[] = [];
    for await (const { step } of spillway.releases.allLooks(id, { limit: 2 })) steps.push(step);
    expect(steps).toEqual([1, 0, 0]);
    await expect(spillway.releases.looks('none')).rejects.toMatchObject({ status: 404 });
  });

  it('gives a key to every command that has none', async () => {
    await spillway.releases.start(release);
    const { idempotencyKey } = app.useCases.commands.at(-1) ?? {};
    expect(idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives a refusal with its code, field, next step and request id', async () => {
    const wrong = spillway.strategies.put({ name: 'canary', steps: [{ setWeight: 101 }] });
    const error = await wrong.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SpillwayError);
    expect(error).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      field: 'steps[0].setWeight',
      detail: 'steps[0].setWeight: must be 0 to 100 percent.',
      next: 'Correct it and send the request again.',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('says that a token is wrong', async () => {
    const stranger = clientOf({ token: 'wrong' });
    await expect(stranger.clusters.list()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('outlasts a database that is away for a moment', async () => {
    let failures = 0;
    app.useCases.failWith(() => {
      failures += 1;
      app.useCases.failWith(undefined);
      throw new CodedError('DATABASE_UNAVAILABLE', 'No connection.', 'Wait.');
    });
    const hurried = createSpillwayClient({
      baseUrl: app.url,
      token: 'token-of-ci',
      fetch: async (request) => {
        // Without the server's Retry-After, which would let the test wait.
        const { status, body } = await fetch(request);
        return new Response(body, { status, headers: { 'content-type': 'application/json' } });
      },
      backOffMs: 0,
    });
    const before = app.useCases.commands.length;
    await hurried.releases.start(release);
    expect([failures, app.useCases.commands.length - before]).toEqual([1, 1]);
  });

  it('says that nobody is there', async () => {
    const gone = await startRestApp();
    const lost = clientOf({ baseUrl: gone.url });
    await gone.close();
    await expect(lost.clusters.list()).rejects.toBeInstanceOf(SpillwayUnreachable);
  });
});

/** Each of these must not compile; forced through, the server refuses it for the same reason. */
describe('a wrong document', () => {
  it('that leaves out what is needed', async () => {
    // @ts-expect-error A release needs a strategy.
    const call = spillway.releases.start({ service: 'shop/catalog', candidate: 'v2' });
    await expect(call).rejects.toMatchObject({ field: 'strategy' });
  });

  it('with a field that does not exist', async () => {
    // @ts-expect-error The field is called "description".
    const call = spillway.releases.start({ ...release, reason: 'faster' });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('with a step that does not exist', async () => {
    // @ts-expect-error The step is called "setWeight".
    const call = spillway.strategies.put({ name: 'a', steps: [{ weight: 10 }] });
    await expect(call).rejects.toMatchObject({ field: 'steps[0]' });
  });

  it('with a value of another type', async () => {
    // @ts-expect-error The port is a number.
    const call = spillway.services.put({ name: 'a/b', port: '80', stable: 'v1', clusters: ['eu'] });
    await expect(call).rejects.toMatchObject({ field: 'port' });
  });
});
