import { describe, expect, it } from '@jest/globals';
import { re2 } from './index.js';

describe('RE2', () => {
  it.each(['(?=x)', '(?<!x)y', '(a)\\1', '[', '*'])('refuses %s, as istiod does', (pattern) => {
    expect(re2.compile(pattern)).toMatchObject({ ok: false });
  });

  it('says why in words', () => {
    expect(re2.compile('[a')).toMatchObject({
      error: expect.stringContaining('missing closing ]'),
    });
  });

  it('asks for the whole text', () => {
    const compiled = re2.compile('v[0-9]+');
    expect(compiled.ok && ['v2', 'v2x', 'xv2'].map((text) => compiled.value.matches(text))).toEqual(
      [true, false, false],
    );
  });

  it('knows inline flags, which JavaScript does not', () => {
    const compiled = re2.compile('(?i)canary');
    expect(compiled.ok && compiled.value.matches('Canary')).toBe(true);
  });
});
