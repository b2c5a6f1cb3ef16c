import { describe, expect, it } from '@jest/globals';
import type { SourceRecord } from '@spillway/application';
import { instant } from '@spillway/kernel';
import { toSourceView } from './source-view.js';
import { toNewSource } from './to-new-source.js';

const secret = { secret: 'key' };
const url = 'https://metrics.example/base';

const connections = [
  { datadog: { site: 'datadoghq.eu', apiKey: secret, applicationKey: secret } },
  { newRelic: { region: 'eu', accountId: 12_345, apiKey: secret } },
  { dynatrace: { url, apiToken: secret } },
  { graphite: { url } },
  { graphite: { url, basic: { username: 'ada', password: secret } } },
  { influxdb: { url, organization: 'Shop & Co', token: secret } },
  {
    cloudWatch: {
      region: 'eu-west-1',
      url,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: secret,
    },
  },
  { googleCloud: { project: 'example.com:shop', serviceAccountKey: secret } },
  { prometheus: { url } },
  { prometheus: { url, bearerToken: secret } },
  { http: { url: `${url}?q={{query}}&from={{from}}&to={{to}}`, path: '/data/0/a~1b' } },
  { http: { url, path: '', headers: { accept: 'application/json', Authorization: secret } } },
];

describe('a source document', () => {
  it.each(connections)('is what the view gives back: %j', (connection) => {
    const parsed = toNewSource({ name: 'mine', connection, timeout: '1m30s' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const [kind] = Object.keys(connection);
    expect(parsed.value.connection).toMatchObject({ kind, timeoutMs: 90_000 });
    const moments = { createdAt: instant(0), updatedAt: instant(0) };
    const {
      createdAt: _,
      updatedAt: __,
      ...view
    } = toSourceView({
      ...parsed.value,
      ...moments,
    } as SourceRecord);
    expect(view).toEqual({ name: 'mine', connection, timeout: '1m30s' });
  });

  it('waits ten seconds unless it says otherwise', () => {
    expect(toNewSource({ name: 'mine', connection: { graphite: { url } } })).toMatchObject({
      value: { connection: { timeoutMs: 10_000 } },
    });
  });

  it.each([
    [{}, 'connection'],
    [{ datadgo: {} }, 'connection'],
    [{ graphite: { url }, prometheus: { url } }, 'connection'],
    [
      { datadog: { site: 'https://x', apiKey: secret, applicationKey: secret } },
      'connection.datadog.site',
    ],
    [
      { datadog: { site: 'a.b', apiKey: 'clear', applicationKey: secret } },
      'connection.datadog.apiKey',
    ],
    [{ newRelic: { region: 'mars', accountId: 1, apiKey: secret } }, 'connection.newRelic.region'],
    [
      { newRelic: { region: 'us', accountId: '1', apiKey: secret } },
      'connection.newRelic.accountId',
    ],
    [{ dynatrace: { url: 'ftp://x', apiToken: secret } }, 'connection.dynatrace.url'],
    [{ graphite: { url: 'https://ada:pw@host' } }, 'connection.graphite.url'],
    [
      { prometheus: { url, bearerToken: { secret: 'No Name' } } },
      'connection.prometheus.bearerToken.secret',
    ],
    [{ http: { url: 'nowhere', path: '' } }, 'connection.http.url'],
    [{ http: { url: 'https://a/{{window}}', path: '' } }, 'connection.http.url'],
    [{ http: { url: 'https://{{query}}/', path: '' } }, 'connection.http.url'],
    [{ http: { url: 'https://a.{{query}}/', path: '' } }, 'connection.http.url'],
    [{ http: { url: 'https://ada:pw@a/', path: '' } }, 'connection.http.url'],
    [{ http: { url: 'https://a/#x', path: '' } }, 'connection.http.url'],
    [{ http: { url, path: 'data' } }, 'connection.http.path'],
    [{ http: { url, path: '/a~2' } }, 'connection.http.path'],
    [{ http: { url, path: '', headers: { 'a b': 'c' } } }, 'connection.http.headers.a b'],
    [{ http: { url, path: '', headers: { a: 'b\r\nc: d' } } }, 'connection.http.headers.a'],
    [
      { http: { url, path: '', headers: { Authorization: 'Bearer x' } } },
      'connection.http.headers.Authorization',
    ],
  ])('is refused with the field that is wrong: %j', (connection, field) => {
    expect(toNewSource({ name: 'mine', connection })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field },
    });
  });

  it('never repeats what somebody wrote in place of a secret', () => {
    const apiKey = 'geheim';
    const connection = { datadog: { site: 'a.b', apiKey, applicationKey: secret } };
    expect(JSON.stringify(toNewSource({ name: 'mine', connection }))).not.toContain('geheim');
  });
});
