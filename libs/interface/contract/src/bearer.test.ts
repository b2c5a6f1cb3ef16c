import { describe, expect, it } from '@jest/globals';
import { identify } from './bearer.js';
import { toCaller } from './idempotency-key.js';

const tokens = [
  { name: 'ci', token: 'aaaa' },
  { name: 'portal', token: 'bbbb' },
];

describe('identify', () => {
  it('names the token', () => {
    expect(identify(tokens, 'Bearer bbbb')).toBe('portal');
    expect(identify(tokens, 'bearer aaaa')).toBe('ci');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer aaa', 'Bearer aaaaa', 'Basic aaaa', 'aaaa'])(
    'knows nobody by %j',
    (header) => {
      expect(identify(tokens, header)).toBeUndefined();
    },
  );

  it('lets nobody in without tokens', () => {
    expect(identify([], 'Bearer aaaa')).toBeUndefined();
  });
});

describe('toCaller', () => {
  it.each(['', ' ', 'x'.repeat(201), 'ä', 'a\tb'])('refuses the idempotency key %j', (key) => {
    expect(toCaller('ci', key)).toMatchObject({ ok: false, error: { field: 'Idempotency-Key' } });
  });

  it('passes a key on', () => {
    const key = 'x'.repeat(200);
    expect(toCaller('ci', key)).toEqual({ ok: true, value: { actor: 'ci', idempotencyKey: key } });
    expect(toCaller('ci', undefined)).toEqual({ ok: true, value: { actor: 'ci' } });
  });
});
