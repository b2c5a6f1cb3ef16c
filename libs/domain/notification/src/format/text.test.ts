import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fit, oneLine, utf8Length } from './text.js';

const anything = fc.string({ unit: 'binary', maxLength: 400 });

describe('a line', () => {
  it.each([
    ['a\r\nBcc: eve@example.com', 'a Bcc: eve@example.com'],
    ['a\u2028b\u2029c', 'a b c'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u0000a\u001b[31mb\u007f', 'a [31mb'],
    ['  a  b ', 'a  b'],
  ])('is made of %j', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });
});

describe('a text that has to fit', () => {
  it('is left alone when it does', () => {
    expect(fit('abc', 3)).toBe('abc');
  });

  it('ends with an ellipsis when it does not', () => {
    expect(fit('abcd', 3)).toBe('ab…');
  });

  it('is not cut within an escape sequence or a character of two units', () => {
    expect(fit('a&&&', 11, (c) => (c === '&' ? '&amp;' : c))).toBe('a&amp;…');
    expect(fit('😀😀', 3)).toBe('😀…');
  });

  it('is never longer than it may be, and never lies about being whole', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const fitted = fit(text, limit, (c) => (c === '<' ? '&lt;' : c));
        expect(fitted.length).toBeLessThanOrEqual(limit);
        const whole = oneLine(text).replaceAll('<', '&lt;');
        if (fitted !== whole) expect(fitted.endsWith('…')).toBe(true);
      }),
    );
  });
});

it('counts bytes as UTF-8 has them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
    }),
  );
});
