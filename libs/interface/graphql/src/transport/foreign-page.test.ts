import { describe, expect, it } from '@jest/globals';
import { isForeignPage } from './foreign-page.js';

const host = 'spillway.example.com:8443';
const portal = 'https://portal.example.com';

describe('a socket', () => {
  it.each([
    ['a program, which has no origin', undefined],
    ['a page of the server itself', 'https://spillway.example.com:8443'],
    ['a page of an origin that is listed', portal],
  ])('is open to %s', (_, origin) => {
    expect(isForeignPage({ headers: { host, origin } }, [portal])).toBe(false);
  });

  it.each([
    ['of another host', 'https://evil.example.com'],
    ['of another port', 'https://spillway.example.com'],
    ['of a host that begins alike', 'https://portal.example.com.evil.example'],
    ['without an origin of its own, as in a frame that is fenced off', 'null'],
    ['with nonsense for an origin', ''],
  ])('is not open to a page %s', (_, origin) => {
    expect(isForeignPage({ headers: { host, origin } }, [portal])).toBe(true);
    expect(isForeignPage({ headers: { origin } }, [])).toBe(true);
  });
});
