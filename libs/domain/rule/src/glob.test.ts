import { describe, expect, it } from '@jest/globals';
import { matchesGlob } from './glob.js';

describe('matchesGlob', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'mainline', false],
    ['', '', true],
    ['release/*', 'release/1.2', true],
    ['release/*', 'release/', true],
    ['release/*', 'release/1/2', false],
    ['release/**', 'release/1/2', true],
    ['**/catalog', 'ghcr.io/acme/catalog', true],
    ['*/catalog', 'ghcr.io/acme/catalog', false],
    ['v?.*', 'v1.2', true],
    ['v?.*', 'v12.2', false],
    ['?', '/', false],
    ['a*b*c', 'aXbYbZc', true],
    ['ghcr.io/acme/*:v*', 'ghcr.io/acme/catalog:v2', true],
    ['v1.2', 'v1x2', false],
    ['[ab]', 'a', false],
    ['?', '🚀', true],
  ])('says of %j and %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('is not slowed down by a pattern of many stars, which would take other ways for ever', () => {
    expect(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(1_000))).toBe(false);
  });
});
