import { describe, expect, it } from '@jest/globals';
import { delivery } from '../testing/signed.js';
import { readJson } from './read-json.js';

const codeOf = (body: string | Uint8Array, contentType?: string, forms = ['json'] as const) => {
  const read = readJson(
    delivery(body, contentType === undefined ? {} : { 'content-type': contentType }),
    forms,
  );
  return read.ok ? 'ok' : read.error.code;
};

describe('readJson', () => {
  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/cloudevents+json',
  ])('reads %s', (contentType) => {
    expect(codeOf('{}', contentType)).toBe('ok');
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])('does not read %j', (contentType) => {
    expect(codeOf('{}', contentType)).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['', '{', '{"a":1,}', 'payload=%7B%7D', '\u0000', '{}{}', "{'a':1}"])(
    'refuses %j as no JSON',
    (body) => {
      expect(codeOf(body)).toBe('INVALID_INPUT');
    },
  );

  it('refuses what is not UTF-8', () => {
    expect(codeOf(Buffer.from('{"a":"größe"}', 'latin1'))).toBe('INVALID_INPUT');
    expect(codeOf(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe('INVALID_INPUT');
  });

  it('survives what is nested as deep as a megabyte allows', () => {
    const deep = '['.repeat(500_000) + ']'.repeat(500_000);
    expect(codeOf(deep)).toBe('ok');
    expect(codeOf('['.repeat(1_000_000))).toBe('INVALID_INPUT');
    expect(codeOf('{"a":'.repeat(150_000) + '1' + '}'.repeat(150_000))).toBe('ok');
  });
});
