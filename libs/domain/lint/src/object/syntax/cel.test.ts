import { describe, expect, it } from '@jest/globals';
import { celFault } from './cel.js';

describe('a CEL expression', () => {
  it.each([
    'response.code >= 400',
    'response.code >= 400 && request.url_path != "/healthz"',
    "has(request.headers['x-a']) ? true : false",
    'request.headers["x"] in ["a", "b",]',
    '!connection.mtls || -1 < 2 // comment',
    'request.path.startsWith("/a") || !(response.flags == 0)',
    '{"a": 1, "b": [1, 2.5, 0x1f, 3u]}.size() == 2',
    "xds.route_name.matches(r'shop\\.r1\\..*')",
    'google.protobuf.Duration{seconds: 1} == duration("1s")',
    '"""a\nb""" != ""',
    'a ? b : c ? d : e',
  ])('%s is one', (expression) => {
    expect(celFault(expression)).toBeUndefined();
  });

  it.each([
    '',
    '  // only a comment',
    'response.code >=',
    'response.code = 400',
    'a && ',
    '(a',
    'a)',
    'a b',
    'a ? b',
    '"a',
    'a.in',
    'for',
    '[1, 2',
    'f(a,)',
    '{1}',
    'a#b',
  ])('"%s" is none', (expression) => {
    expect(celFault(expression)).toEqual(expect.any(String));
  });
});
