import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMetric, aStrategy } from '@spillway/domain-release/testing';
import { secretName, sourceName, strategyName } from '@spillway/kernel';
import type { SourceConnection } from '../port/source-connection.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

const caller = aCaller('anna');
const key = secretName('key');
const other = secretName('other');
const name = sourceName('datadog');

let workshop: Workshop;
const putSource = (connection: SourceConnection = datadog, as = name) =>
  workshop.useCases.putSource({ name: as, connection }, caller);
beforeEach(async () => {
  workshop = await aWorkshop();
});

const datadog: SourceConnection = {
  kind: 'datadog',
  timeoutMs: 10_000,
  site: 'datadoghq.eu',
  apiKey: { secret: key },
  applicationKey: { secret: other },
};

/** Each kind with a reference to "key" wherever it may have one. */
const everyKind: readonly (readonly [SourceConnection, string | undefined])[] = [
  [{ ...datadog, applicationKey: { secret: key } }, 'connection.datadog.apiKey.secret'],
  [
    { kind: 'newRelic', timeoutMs: 1, region: 'eu', accountId: 1, apiKey: { secret: key } },
    'connection.newRelic.apiKey.secret',
  ],
  [
    { kind: 'dynatrace', timeoutMs: 1, url: 'https://d', apiToken: { secret: key } },
    'connection.dynatrace.apiToken.secret',
  ],
  [
    {
      kind: 'graphite',
      timeoutMs: 1,
      url: 'https://g',
      basic: { username: 'ada', password: { secret: key } },
    },
    'connection.graphite.basic.password.secret',
  ],
  [{ kind: 'graphite', timeoutMs: 1, url: 'https://g' }, undefined],
  [
    { kind: 'influxdb', timeoutMs: 1, url: 'https://i', organization: 'o', token: { secret: key } },
    'connection.influxdb.token.secret',
  ],
  [
    {
      kind: 'cloudWatch',
      timeoutMs: 1,
      region: 'eu-west-1',
      accessKeyId: 'a',
      secretAccessKey: { secret: key },
    },
    'connection.cloudWatch.secretAccessKey.secret',
  ],
  [
    { kind: 'googleCloud', timeoutMs: 1, project: 'p', serviceAccountKey: { secret: key } },
    'connection.googleCloud.serviceAccountKey.secret',
  ],
  [
    { kind: 'prometheus', timeoutMs: 1, url: 'https://p', bearerToken: { secret: key } },
    'connection.prometheus.bearerToken.secret',
  ],
  [{ kind: 'prometheus', timeoutMs: 1, url: 'https://p' }, undefined],
  [
    {
      kind: 'http',
      timeoutMs: 1,
      url: 'https://h',
      path: '',
      headers: { accept: 'a/b', 'x-key': { secret: key } },
    },
    'connection.http.headers.x-key.secret',
  ],
  [
    { kind: 'http', timeoutMs: 1, url: 'https://h', path: '', headers: { secret: 'no reference' } },
    undefined,
  ],
];

describe('a source', () => {
  it.each(everyKind)(
    'of kind $kind is refused while its secret is missing',
    async (connection, field) => {
      const before = await putSource(connection);
      expect(before).toMatchObject(
        field === undefined
          ? { ok: true }
          : {
              ok: false,
              error: {
                code: 'UNKNOWN_SECRET',
                field,
                message: 'There is no secret "key".',
                next: 'List them with "spillway secret list", or add it first.',
              },
            },
      );
      await workshop.useCases.putSecret(key, 'text', caller);
      expect(await putSource(connection)).toMatchObject({ ok: true, value: { name, connection } });
    },
  );

  it('is got, listed and removed', async () => {
    const connection = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
    await putSource(connection);
    expect(await workshop.useCases.getSource(name, aCaller())).toMatchObject({
      value: { connection },
    });
    expect(await workshop.useCases.listSources({ limit: 10 }, aCaller())).toMatchObject({
      value: { items: [{ name }] },
    });
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({ ok: true });
    const gone = { error: { code: 'UNKNOWN_SOURCE', message: 'There is no source "datadog".' } };
    expect(await workshop.useCases.getSource(name, aCaller())).toMatchObject(gone);
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject(gone);
  });
});

describe('a source that is asked', () => {
  const plain = { kind: 'graphite', timeoutMs: 1, url: 'https://g' } as const;
  const asking = aMetric({ query: { kind: 'source', source: name, value: 'q' } });
  const strategyOf = (overrides: Parameters<typeof aStrategy>[0] = {}) => {
    const { version: _, ...draft } = aStrategy({ metrics: [asking], ...overrides });
    return draft;
  };

  it('stays while the newest version of a strategy asks it', async () => {
    await putSource(plain);
    await workshop.useCases.putStrategy(strategyOf(), caller);
    await workshop.useCases.putStrategy(strategyOf({ name: strategyName('other') }), caller);
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({
      error: {
        code: 'SOURCE_IN_USE',
        message: 'Source "datadog" is asked by strategy "canary-10" and 1 more.',
      },
    });
    await workshop.useCases.putStrategy(strategyOf({ metrics: [] }), caller);
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({
      error: { message: 'Source "datadog" is asked by strategy "other".' },
    });
    await workshop.useCases.putStrategy(
      strategyOf({ name: strategyName('other'), metrics: [] }),
      caller,
    );
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({ ok: true });
  });

  it('stays until the release is over whose plan asks it, though its strategy no longer does', async () => {
    await putSource(plain);
    await workshop.useCases.putStrategy(strategyOf(), caller);
    const { id } = await workshop.started();
    await workshop.useCases.putStrategy(strategyOf({ metrics: [] }), caller);
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({
      error: {
        code: 'SOURCE_IN_USE',
        message: `Source "datadog" is asked by release "${id}", which is not over.`,
        next: `Wait for it with "spillway release watch ${id}", or abort it.`,
      },
    });
    await workshop.useCases.commandRelease({ release: id, verb: 'abort', comment: '' }, caller);
    expect((await workshop.release(id)).phase).toBe('cancelled');
    expect(await workshop.useCases.removeSource(name, caller)).toMatchObject({ ok: true });
  });
});

describe('a secret', () => {
  it('is listed by name and never with its text', async () => {
    await workshop.useCases.putSecret(key, 'hidden', caller);
    const page = await workshop.useCases.listSecrets({ limit: 10 }, aCaller());
    expect(page).toMatchObject({ value: { items: [{ name: key }] } });
    expect(JSON.stringify(page)).not.toContain('hidden');
  });

  it('is kept while a source refers to it, and removed when none does', async () => {
    for (const each of [key, other]) await workshop.useCases.putSecret(each, 'text', caller);
    await putSource();
    expect(await workshop.useCases.removeSecret(other, caller)).toMatchObject({
      ok: false,
      error: {
        code: 'SECRET_IN_USE',
        message: 'Secret "other" is needed by source "datadog".',
      },
    });
    await workshop.useCases.removeSource(name, caller);
    expect(await workshop.useCases.removeSecret(other, caller)).toMatchObject({ ok: true });
    expect(await workshop.useCases.removeSecret(other, caller)).toMatchObject({
      error: { code: 'UNKNOWN_SECRET' },
    });
  });

  it('names at most three of those who need it', async () => {
    for (const each of [key, other]) await workshop.useCases.putSecret(each, 'text', caller);
    for (const each of ['d', 'b', 'c', 'a']) await putSource(datadog, sourceName(each));
    expect(await workshop.useCases.removeSecret(key, caller)).toMatchObject({
      error: {
        message: 'Secret "key" is needed by source "a", source "b", source "c" and 1 more.',
      },
    });
  });
});
