import { expect, it } from '@jest/globals';
import type { SourceConnection } from '@spillway/application';
import { instant } from '@spillway/kernel';
import { createNumberSource } from './create-number-source.js';
import { startLoopbackVendor } from './testing/loopback-vendor.js';
import { aWindow } from './testing/vendor-under-test.js';

const key = { secret: 'key' };
const common = { timeoutMs: 5_000, url: '' };

it.each<readonly [SourceConnection, string]>([
  [{ ...common, kind: 'datadog', site: 'x', apiKey: key, applicationKey: key }, 'Datadog'],
  [{ ...common, kind: 'newRelic', region: 'us', accountId: 1, apiKey: key }, 'New Relic'],
  [{ ...common, kind: 'dynatrace', apiToken: key }, 'Dynatrace'],
  [{ ...common, kind: 'graphite' }, 'Graphite'],
  [{ ...common, kind: 'influxdb', organization: 'x', token: key }, 'InfluxDB'],
  [{ ...common, kind: 'prometheus', bearerToken: key }, 'Prometheus'],
  [{ ...common, kind: 'http', path: '/value', headers: { 'x-key': key } }, 'The backend'],
])('$kind is asked by the source of its own kind', async (connection, who) => {
  const server = await startLoopbackVendor(() => ({ status: 418, body: 'teapot' }));
  const source = createNumberSource(
    { ...connection, url: server.url },
    { openSecret: () => Promise.resolve('opened'), clock: { now: () => instant(0) } },
  );
  expect(await source.ask({ query: 'errors', ...aWindow })).toEqual({
    kind: 'error',
    message: `${who} at ${server.url}: HTTP 418: teapot`,
  });
  await source.close();
  await server.close();
});
