import { describe, expect, it } from '@jest/globals';
import { unexposed, type Exposure, type MatchRoute } from '@spillway/domain-traffic';
import { basisPoints, duration, serviceName } from '@spillway/kernel';
import { AdoptedLife, anAdoptedService, peoples } from '../testing/index.js';

const http = (routes: string): string => `
  spec:
    hosts: [catalog]
    http: ${routes}`;
const toStable = 'route: [{destination: {host: catalog, subset: v1}}]';
const ten: Exposure = { weight: basisPoints(1_000) };
const copies: Exposure = { ...unexposed, mirror: { share: basisPoints(1_000), methods: 'all' } };
const dark = (match: MatchRoute['match'][number], where?: MatchRoute['where']): Exposure => ({
  ...unexposed,
  routes: [{ name: 'testers', match: [match], ...(where && { where }) }],
});
const testers = dark({ headers: { 'x-tester': { exact: 'yes' } } });
const sticky = { cookie: 'catalog', lifetime: duration(60_000) };

describe('an exposure is held', () => {
  it.each<[string, string, Exposure, string]>([
    [
      'where no route goes to the stable version',
      http('[{route: [{destination: {host: catalog, subset: v3}}]}]'),
      ten,
      'VirtualService shop/catalog has no route to v1 of catalog.shop.svc.cluster.local that Spillway was given',
    ],
    [
      'where the host is named without a version: going back would not take anything from the candidate',
      http('[{route: [{destination: {host: catalog}}]}]'),
      ten,
      'VirtualService shop/catalog has no route to v1 of catalog.shop.svc.cluster.local that Spillway was given',
    ],
    [
      'where a list names stable twice',
      http(
        '[{name: a, route: [{destination: {host: catalog, subset: v1}, weight: 1}, {destination: {host: catalog, subset: v1}, weight: 2}]}]',
      ),
      ten,
      'route "a" goes to v1 twice',
    ],
    [
      'where a list names the candidate twice',
      http(
        '[{route: [{destination: {host: catalog, subset: v1}}, {destination: {host: catalog, subset: v2}}, {destination: {host: catalog, subset: v2}}]}]',
      ),
      ten,
      'a route without a name goes to v2 twice',
    ],
    [
      'where weights would be larger than Istio can read',
      http(
        '[{route: [{destination: {host: catalog, subset: v1}, weight: 2000000001}, {destination: {host: cart}, weight: 1}]}]',
      ),
      ten,
      'the weights of a route without a name are too large to be split exactly',
    ],
    [
      'where the candidate would get requests and copies of others',
      http(
        '[{route: [{destination: {host: catalog, subset: v1}, weight: 90}, {destination: {host: catalog, subset: v2}, weight: 10}]}]',
      ),
      copies,
      'a route without a name gives v2 requests already, and would copy others to it',
    ],
    [
      'where their pattern and ours cannot be one',
      http(`[{name: a, match: [{headers: {x-tester: {regex: y.*}}}], ${toStable}}]`),
      testers,
      '"testers" and the match of route "a" cannot be said in one',
    ],
    [
      'where a rewrite would replace another part of the path',
      http(`[{name: a, match: [{uri: {prefix: /api}}], rewrite: {uri: /}, ${toStable}}]`),
      dark({ uri: { prefix: '/api/beta' } }),
      'route "a" rewrites as much of the path as it matches, which "testers" would change',
    ],
    [
      'where no given route takes any of the requests',
      http(`[{match: [{uri: {prefix: /api}}], ${toStable}}]`),
      dark({ uri: { prefix: '/web' } }),
      'no route that Spillway was given takes requests of "testers"',
    ],
    [
      'where a route is for the edge and the object is not there',
      http(`[{${toStable}}]`),
      dark({ headers: { a: { present: true } } }, 'edge'),
      'no route that Spillway was given takes requests of "testers"',
    ],
    [
      'where there are connections only, and requests are asked for',
      'spec: {hosts: [catalog], tcp: [{route: [{destination: {host: catalog, subset: v1}}]}]}',
      testers,
      'VirtualService shop/catalog routes connections to v1: these have no headers to match, no cookies and no copies',
    ],
  ])('%s', (_, yaml, exposure, because) => {
    expect(new AdoptedLife(peoples(yaml)).why(exposure)).toBe(because);
  });

  it('where a route that was given by name is not there', () => {
    const service = anAdoptedService(['a', 'b']);
    const life = new AdoptedLife(peoples(http(`[{name: a, ${toStable}}]`)), { service });
    expect(life.why(ten)).toBe(
      'VirtualService shop/catalog has no route "b" to v1 of catalog.shop.svc.cluster.local',
    );
  });

  it.each(['add', 'set'])('where a cookie of their own is in the way (%s)', (operation) => {
    const yaml = http(
      `[{route: [{destination: {host: catalog, subset: v1}, headers: {response: {${operation}: {Set-Cookie: a=b}}}}]}]`,
    );
    expect(new AdoptedLife(peoples(yaml), { sticky }).why(ten)).toBe(
      'a route without a name sets a cookie of its own, and has no room for another',
    );
    expect(new AdoptedLife(peoples(yaml)).why(ten)).toBeUndefined();
  });

  it('while a release of another service has the object in hand', () => {
    const yaml = http(`
      - match: [{uri: {prefix: /cart}}]
        route: [{destination: {host: cart, subset: v1}}]
      - ${toStable}`);
    const cart = anAdoptedService(undefined, {
      service: serviceName('shop/cart'),
      host: 'cart.shop.svc.cluster.local',
    });
    const first = new AdoptedLife(peoples(yaml), { service: cart });
    const second = new AdoptedLife(first.weight(10));
    expect(second.why(ten)).toBe('a release of shop/cart is changing VirtualService shop/catalog');
    expect(second.give(unexposed)).toBe(first.live);
  });
});

it('leaves routes of a service with the same name in another namespace alone', () => {
  const yaml = http(`
      - match: [{uri: {prefix: /old}}]
        route: [{destination: {host: catalog.archive.svc.cluster.local, subset: v1}}]
      - ${toStable}`);
  const archive = anAdoptedService(undefined, {
    service: serviceName('archive/catalog'),
    host: 'catalog.archive.svc.cluster.local',
  });
  const first = new AdoptedLife(peoples(yaml), { service: archive });
  const second = new AdoptedLife(first.give(testers));
  expect(second.give(unexposed)).toBe(first.live);
  expect(second.why(ten)).toContain('a release of archive/catalog is changing');
});

describe('nothing of that', () => {
  it.each([
    ['an object without a route to stable', http('[{route: [{destination: {host: cart}}]}]')],
    ['an object without any route', 'spec: {hosts: [catalog]}'],
    ['an object without a spec', 'metadata: {}'],
  ])('stands in the way of going back: %s', (_, yaml) => {
    const life = new AdoptedLife(peoples(yaml));
    expect(life.abort()).toBe(life.live);
    expect(life.why(unexposed)).toBeUndefined();
  });
});
