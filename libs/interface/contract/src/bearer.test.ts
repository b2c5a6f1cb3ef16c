import { describe, expect, it } from '@jest/globals';
import { aCaller } from '@spillway/application/testing';
import { fixedTokens } from './bearer.js';
import { withIdempotencyKey } from './idempotency-key.js';

const grants = [{ role: 'viewer' }] as const;
const authenticate = fixedTokens([
  { actor: 'ci', token: 'aaaa', grants },
  { actor: 'portal', token: 'bbbb', grants },
]);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a fixed token', () => {
  it('says who somebody is', async () => {
    expect(await authenticate('Bearer bbbb')).toEqual({ actor: 'portal', grants });
    expect(await authenticate('bearer aaaa')).toEqual({ actor: 'ci', grants });
  });

  it('is not what Basic credentials say: browsers would send them unasked', async () => {
    expect(await authenticate(basic('spillway:aaaa'))).toBeUndefined();
    expect(await authenticate(basic(':bbbb'))).toBeUndefined();
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer aaa', 'Bearer aaaaa', 'Basic aaaa', 'aaaa'])(
    'is not what %j says',
    async (header) => {
      expect(await authenticate(header)).toBeUndefined();
    },
  );

  it('lets nobody in where there is none', async () => {
    expect(await fixedTokens([])('Bearer aaaa')).toBeUndefined();
  });
});

describe('an idempotency key', () => {
  it.each(['', ' ', 'x'.repeat(201), 'ä', 'a\tb'])('is not %j', (key) => {
    expect(withIdempotencyKey(aCaller(), key)).toMatchObject({
      ok: false,
      error: { field: 'Idempotency-Key' },
    });
  });

  it('goes with the caller', () => {
    const key = 'x'.repeat(200);
    const value = aCaller('ci', { idempotencyKey: key });
    expect(withIdempotencyKey(aCaller('ci'), key)).toEqual({ ok: true, value });
    expect(withIdempotencyKey(aCaller('ci'), null)).toEqual({ ok: true, value: aCaller('ci') });
  });
});
