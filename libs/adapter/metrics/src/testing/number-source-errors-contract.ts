import { expect, it } from '@jest/globals';
import { expectError, sourceBench } from './source-bench.js';
import { now, type VendorUnderTest } from './vendor-under-test.js';

const atDate = (ms: number): string => new Date(now + ms).toUTCString();

/** What it makes of a backend that answers, and does not give a number. */
export function numberSourceErrors(vendor: VendorUnderTest): void {
  const start = sourceBench(vendor);

  it.each([
    ['401', { status: 401, body: {} }],
    ['403', { status: 403, body: 'Forbidden' }],
    ...(vendor.refused ?? []),
  ] as const)('says which secrets to look at when refused with %s', async (_, reply) => {
    const { ask, secrets } = await start(reply);
    const answer = await ask();
    for (const name of Object.keys(secrets)) expectError(answer, `"${name}"`);
  });

  it.each([400, 401, 403, 429, 500])(
    'keeps its secrets to itself when the backend repeats what it was sent with HTTP %d',
    async (status) => {
      const { secrets } = await start(vendor.value(1));
      const texts = Object.values(secrets);
      const { ask, queries } = await start({ status, body: `You sent: ${texts.join(' and ')}` });
      const answer = await ask();
      expect(answer).toMatchObject({ kind: 'error' });
      expect(queries()).toHaveLength(1);
      for (const text of texts) expect(JSON.stringify(answer)).not.toContain(text);
    },
  );

  it('names a secret that does not exist, and sends nothing', async () => {
    const { ask, secrets, server } = await start(vendor.value(1), {
      openSecret: () => Promise.resolve(undefined),
    });
    const [first = ''] = Object.keys(secrets);
    expectError(await ask(), new RegExp(`"${first}" does not exist`));
    expect(server.seen).toEqual([]);
  });

  it('names a secret that cannot be opened', async () => {
    const { ask, secrets } = await start(vendor.value(1), {
      openSecret: () => Promise.reject(new Error('no such key')),
    });
    const [first = ''] = Object.keys(secrets);
    expectError(await ask(), new RegExp(`"${first}" cannot be opened: no such key`));
  });

  it.each([
    ['seconds', '30', 30_000],
    ['a date', atDate(90_000), 90_000],
    ['a date that is over', atDate(-90_000), 0],
    ['nothing that can be read', 'soon', undefined],
  ])('hands on how long to wait after 429, given as %s', async (_, header, retryAfterMs) => {
    const { ask, queries } = await start({
      status: 429,
      headers: { 'retry-after': header },
      body: {},
    });
    expectError(await ask(), 'too often', retryAfterMs);
    expect(queries()).toHaveLength(1);
  });

  it('says that it is asked too often when 429 does not say for how long', async () => {
    const { ask } = await start({ status: 429, body: 'Too Many Requests' });
    expectError(await ask(), 'too often');
  });

  if (vendor.rateLimits !== undefined) {
    it.each(vendor.rateLimits)('understands %s', async (_, reply, retryAfterMs) => {
      const { ask } = await start(reply);
      expectError(await ask(), 'too often', retryAfterMs);
    });
  }

  it.each([500, 502, 504])('says that HTTP %d is not about the query', async (status) => {
    const { ask, queries } = await start({ status, body: '<html><h1>Bad gateway</h1></html>' });
    expectError(await ask(), `HTTP ${status}, it has trouble of its own`);
    expect(queries()).toHaveLength(1);
  });

  it('hands on how long to wait after 503', async () => {
    const { ask } = await start({ status: 503, headers: { 'retry-after': '5' }, body: '' });
    expectError(await ask(), 'HTTP 503', 5_000);
  });

  it.each(vendor.queryErrors)(
    'passes on what the vendor says: $name',
    async ({ reply, message }) => {
      const { ask } = await start(reply);
      expectError(await ask(), message);
    },
  );

  if (vendor.partial.length > 0) {
    it.each(vendor.partial)(
      'does not take a part for the whole: $name',
      async ({ reply, message }) => {
        const { ask } = await start(reply);
        expectError(await ask(), message);
      },
    );
  }
}
