import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { parseUrlTemplate } from './url-template.js';

const question = {
  query: 'error rate of "a/b"&c=d #1',
  from: instant(1_700_000_040_000),
  to: instant(1_700_000_100_500),
};

describe('the template of an address', () => {
  it.each([
    [
      'http://m.example/value?q={{query}}&from={{ from }}&to={{to}}',
      '/value?q=error%20rate%20of%20%22a%2Fb%22%26c%3Dd%20%231&from=1700000040&to=1700000100.5',
    ],
    ['http://m.example:8080/{{query}}/now', '/error%20rate%20of%20%22a%2Fb%22%26c%3Dd%20%231/now'],
    ['http://m.example', '/'],
    ['http://m.example?to={{to}}', '/?to=1700000100.5'],
    ['http://m.example/größe x#part', '/gr%C3%B6%C3%9Fe%20x'],
  ])('%s becomes %s', (template, path) => {
    expect(parseUrlTemplate(template).fill(question)).toBe(path);
  });

  it.each([
    ['http://{{query}}/value', 'a host'],
    ['http://m.example{{query}}/value', 'a host'],
    ['http://{{query}}.example/value', 'a host'],
    ['{{query}}', 'a host'],
    ['ftp://m.example/value', 'a host'],
    ['m.example/value', 'a host'],
    ['http://m.example/{{window}}', '"{{window}}" is no variable'],
  ])('is not %s', (template, message) => {
    expect(() => parseUrlTemplate(template)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message),
      }),
    );
  });
});
