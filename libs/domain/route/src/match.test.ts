import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';
import type { HttpRequest } from './mesh.js';
import { aDestinationRule, aMesh, aService, aVirtualService, to } from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

/** v2 when the match holds, v1 when it does not. */
function taken(match: object, request: Partial<HttpRequest> = {}): string {
  const split = aVirtualService({
    http: [{ match: [match], route: [to('v2')] }, { route: [to('v1')] }],
  });
  const mesh = aMesh([aService(), aDestinationRule(['v1', 'v2']), split]);
  return inShort(
    explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' }, ...request }),
  );
}

describe('path', () => {
  it('a prefix is a prefix of the text, not of its segments', () => {
    expect(taken({ uri: { prefix: '/foo' } }, { path: '/foobar' })).toBe('v2');
    expect(taken({ uri: { prefix: '/foo' } }, { path: '/fo' })).toBe('v1');
  });

  it('an exact path is compared without the query', () => {
    expect(taken({ uri: { exact: '/foo' } }, { path: '/foo?a=/bar' })).toBe('v2');
    expect(taken({ uri: { exact: '/foo' } }, { path: '/foo/' })).toBe('v1');
  });

  it('a prefix does not reach into the query', () => {
    expect(taken({ uri: { prefix: '/foo?a' } }, { path: '/foo?a=1' })).toBe('v1');
  });

  it('a pattern must match the whole path without the query', () => {
    expect(taken({ uri: { regex: '/v[0-9]' } }, { path: '/v1?x' })).toBe('v2');
    expect(taken({ uri: { regex: '/v[0-9]' } }, { path: '/v1/x' })).toBe('v1');
  });

  it('ignoreUriCase counts for exact and prefix, not for patterns', () => {
    expect(taken({ uri: { exact: '/Foo' }, ignoreUriCase: true }, { path: '/fOO' })).toBe('v2');
    expect(taken({ uri: { prefix: '/Foo' }, ignoreUriCase: true }, { path: '/fOO/x' })).toBe('v2');
    expect(taken({ uri: { regex: '/Foo' }, ignoreUriCase: true }, { path: '/foo' })).toBe('v1');
    expect(taken({ uri: { exact: '/Foo' } }, { path: '/foo' })).toBe('v1');
  });
});

describe('headers', () => {
  it('names compare in any case, values exactly', () => {
    const match = { headers: { 'x-release': { exact: 'r1' } } };
    expect(taken(match, { headers: { 'X-Release': 'r1' } })).toBe('v2');
    expect(taken(match, { headers: { 'x-release': 'R1' } })).toBe('v1');
    expect(taken(match, { headers: { 'x-release': 'r12' } })).toBe('v1');
  });

  it('an empty match, and by tradition the pattern "*", asks for presence', () => {
    for (const match of [{ headers: { x: {} } }, { headers: { x: { regex: '*' } } }]) {
      expect(taken(match, { headers: { x: '' } })).toBe('v2');
      expect(taken(match)).toBe('v1');
    }
  });

  it('several lines of one name are one value, joined by a comma', () => {
    const headers = { x: ['a', 'b'] };
    expect(taken({ headers: { x: { exact: 'a,b' } } }, { headers })).toBe('v2');
    expect(taken({ headers: { x: { exact: 'a' } } }, { headers })).toBe('v1');
  });

  it('a cookie is matched as the whole header', () => {
    const match = { headers: { cookie: { regex: '^(.*?;\\s*)?rel=v2(;.*)?$' } } };
    expect(taken(match, { headers: { cookie: 'a=1; rel=v2; b=2' } })).toBe('v2');
    expect(taken(match, { headers: { cookie: ['a=1', 'rel=v2'] } })).toBe('v2');
    expect(taken(match, { headers: { cookie: 'rel=v1' } })).toBe('v1');
  });

  it('withoutHeaders holds when the header is missing or has another value', () => {
    const match = { withoutHeaders: { x: { exact: 'a' } } };
    expect(taken(match)).toBe('v2');
    expect(taken(match, { headers: { x: 'b' } })).toBe('v2');
    expect(taken(match, { headers: { x: 'a' } })).toBe('v1');
  });

  it('withoutHeaders with presence holds only when the header is missing', () => {
    const match = { withoutHeaders: { x: {} } };
    expect(taken(match)).toBe('v2');
    expect(taken(match, { headers: { x: '' } })).toBe('v1');
  });

  it('withoutHeaders takes a missing header for an empty one, so a pattern that fits nothing-at-all excludes it', () => {
    expect(taken({ withoutHeaders: { x: { regex: 'a*' } } })).toBe('v1');
  });

  it('pseudo headers are written as headers too', () => {
    expect(taken({ headers: { ':method': { exact: 'POST' } } }, { method: 'POST' })).toBe('v2');
    expect(taken({ headers: { ':path': { exact: '/?a' } } }, { path: '/?a' })).toBe('v2');
    expect(taken({ headers: { host: { exact: 'shop' } } })).toBe('v2');
  });

  it('method, authority and scheme are conditions like any other', () => {
    expect(taken({ method: { exact: 'GET' } })).toBe('v2');
    expect(taken({ method: { exact: 'POST' } })).toBe('v1');
    expect(taken({ authority: { exact: 'shop:9080' } }, { host: 'shop:9080' })).toBe('v2');
    expect(taken({ authority: { exact: 'shop' } }, { host: 'shop:9080' })).toBe('v1');
    expect(taken({ scheme: { exact: 'http' } })).toBe('v2');
  });
});

describe('query parameters', () => {
  it('an empty text fits a key with and without an equals sign', () => {
    const match = { queryParams: { debug: { exact: '' } } };
    expect(taken(match, { path: '/?debug' })).toBe('v2');
    expect(taken(match, { path: '/?debug=' })).toBe('v2');
    expect(taken(match, { path: '/?debug=1' })).toBe('v1');
    expect(taken(match)).toBe('v1');
  });

  it('presence, prefix and pattern work on the first value of a key', () => {
    expect(taken({ queryParams: { v: {} } }, { path: '/?v' })).toBe('v2');
    expect(taken({ queryParams: { v: { prefix: 'a' } } }, { path: '/?v=ab&v=x' })).toBe('v2');
    expect(taken({ queryParams: { v: { regex: 'x' } } }, { path: '/?v=ab&v=x' })).toBe('v1');
  });
});

describe('a block', () => {
  it('holds only when everything in it holds', () => {
    const match = { uri: { prefix: '/a' }, headers: { x: { exact: '1' } } };
    expect(taken(match, { path: '/a', headers: { x: '1' } })).toBe('v2');
    expect(taken(match, { path: '/a' })).toBe('v1');
    expect(taken(match, { path: '/b', headers: { x: '1' } })).toBe('v1');
  });

  it('matches JWT claims by dotted or bracketed name, with any of several values', () => {
    const dotted = { headers: { '@request.auth.claims.group.id': { exact: 'beta' } } };
    const bracketed = { headers: { '@request.auth.claims[group][id]': { exact: 'beta' } } };
    const claims = { 'group.id': ['alpha', 'beta'] };
    expect(taken(dotted, { claims })).toBe('v2');
    expect(taken(bracketed, { claims })).toBe('v2');
    expect(taken(dotted)).toBe('v1');
  });

  it('with a pattern that is not RE2 makes proxies refuse the whole port', () => {
    expect(taken({ headers: { x: { regex: '(' } } })).toBe('rejected');
  });

  it('says which condition was not met', () => {
    const split = aVirtualService({
      http: [{ name: 'dark', match: [{ headers: { x: { exact: 'a' } } }], route: [to('v2')] }],
    });
    const answer = explain(aMesh([aService(), aDestinationRule(['v2']), split]), {
      host: 'shop',
      path: '/',
      from: { namespace: 'demo' },
    });
    expect(answer).toMatchObject({ kind: 'status', code: 404, flag: 'NR' });
    expect(answer.considered).toEqual([
      {
        virtualService: { namespace: 'demo', name: 'shop' },
        route: 'dark',
        ruleIndex: 0,
        matchIndex: 0,
        matched: false,
        because: 'header x is not exact "a"',
      },
    ]);
  });
});
