import { expect, it } from '@jest/globals';
import { startLoopbackVendor } from './loopback-vendor.js';
import { expectError, sourceBench } from './source-bench.js';
import type { VendorUnderTest } from './vendor-under-test.js';

/** What it makes of networks, proxies and servers that do not behave. */
export function numberSourceTransport(vendor: VendorUnderTest): void {
  const start = sourceBench(vendor);

  it.each(['silent', 'stalling'] as const)(
    'gives up after its time-out on a server that is %s',
    async (behaviour) => {
      const { ask } = await start(behaviour, { timeoutMs: 60 });
      expectError(await ask(), 'no answer within 60 ms');
    },
  );

  it('says who is not there', async () => {
    const { ask, server } = await start(vendor.value(1));
    await server.close();
    expectError(await ask(), new RegExp(`${server.url}.*ECONNREFUSED`));
  });

  it('says that an answer broke off', async () => {
    const { ask } = await start('breakingOff');
    expectError(await ask(), 'broke off');
  });

  it('takes half of a body for no answer', async () => {
    const { body, ...rest } = vendor.value(12_345);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { ask } = await start({ ...rest, body: text.slice(0, text.indexOf('12345') + 3) });
    expectError(await ask(), 'breaks off');
  });

  it('shows what came in place of data, such as a page to log in', async () => {
    const { ask } = await start({
      headers: { 'content-type': 'text/html' },
      body: '<html><title>Log in</title></html>',
    });
    expectError(await ask(), /check host and path prefix.*Log in/);
  });

  it('does not read an answer without end', async () => {
    const { ask } = await start('flooding');
    expectError(await ask(), 'larger than 4 MiB');
  });

  it.each([301, 302, 307, 308])('carries its credentials nowhere else after %d', async (status) => {
    const elsewhere = await startLoopbackVendor(() => vendor.value(1));
    try {
      const location = `${elsewhere.url}/login`;
      const { ask } = await start({ status, headers: { location }, body: '' });
      expectError(await ask(), location);
      expect(elsewhere.seen).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  it('says no instead of rejecting once it is closed', async () => {
    const { ask, source } = await start(vendor.value(1));
    await source.close();
    expect(await ask()).toMatchObject({ kind: 'error' });
  });
}
