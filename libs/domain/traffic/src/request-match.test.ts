import { expect, it } from '@jest/globals';
import { describeMatch, describeRoute, type RequestMatch } from './request-match.js';

it.each<[RequestMatch, string]>([
  [{}, ''],
  [{ uri: { prefix: '/api' }, ignoreUriCase: true }, 'path begins with /api in any case'],
  [{ uri: { exact: '/' }, method: { exact: 'GET' } }, 'path is / and method is GET'],
  [
    { authority: { regex: '.*\\.example' }, scheme: { exact: 'https' } },
    'host is like .*\\.example and scheme is https',
  ],
  [{ headers: { a: { exact: '1' }, b: { present: true } } }, 'a is 1 and b is there'],
  [{ withoutHeaders: { a: { prefix: 'x' } } }, 'not a begins with x'],
  [
    { queryParams: { q: { exact: '' } }, cookies: { c: { exact: 'on' } } },
    'cookie c is on and query q is ',
  ],
  [{ port: 8080, sourceNamespace: 'web' }, 'port is 8080 and caller is in web'],
  [{ sourceLabels: { app: 'web', version: 'v2' } }, 'caller has app=web and caller has version=v2'],
])('says %j in words', (match, words) => {
  expect(describeMatch(match)).toBe(words);
});

it('says of a route that any match is enough, and where it is', () => {
  const match = [{ port: 80 }, { headers: { a: { present: true } } }] as const;
  expect(describeRoute({ name: 'a', match })).toBe('port is 80 or a is there');
  expect(describeRoute({ name: 'a', match, where: 'edge' })).toBe(
    'port is 80 or a is there (edge only)',
  );
});
