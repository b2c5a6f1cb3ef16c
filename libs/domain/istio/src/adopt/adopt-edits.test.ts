import { describe, expect, it } from '@jest/globals';
import { unexposed, type Exposure } from '@spillway/domain-traffic';
import { basisPoints, duration, releaseId, version } from '@spillway/kernel';
import type { LiveObject } from '../istio-object.js';
import { originalAnnotation } from '../render/routing-name.js';
import { fieldsOf, type Fields } from '../spec-fields.js';
import { AdoptedLife, canonical, peoples, routesIn } from '../testing/index.js';

const original = peoples(`
  spec:
    hosts: [catalog]
    http:
      - match: [{uri: {prefix: /api}}]
        timeout: 5s
        route: [{destination: {host: catalog, subset: v1}}]
      - name: rest
        route: [{destination: {host: catalog, subset: v1}}]`);
const dark: Exposure = {
  weight: basisPoints(1_000),
  routes: [{ name: 'testers', match: [{ headers: { 'x-tester': { present: true } } }] }],
};

const withHttp = (live: LiveObject, http: readonly Fields[]): LiveObject => ({
  ...live,
  spec: { ...fieldsOf(live.spec), http },
});
const theirs = (change: (http: readonly Fields[]) => readonly Fields[]) => (live: LiveObject) =>
  withHttp(live, change(routesIn(live)));
const isOurs = ({ name }: Fields) => typeof name === 'string' && name.includes('.g');
const without =
  (...keys: readonly string[]) =>
  (live: LiveObject) => {
    const kept = Object.entries(live.metadata.annotations).filter(([key]) => !keys.includes(key));
    return { ...live, metadata: { ...live.metadata, annotations: Object.fromEntries(kept) } };
  };

describe('what people do in the middle of a release', () => {
  const inserted = {
    match: [{ port: 81 }],
    route: [{ destination: { host: 'catalog', subset: 'v1' } }],
  };
  it.each<[string, (live: LiveObject) => LiveObject, (live: LiveObject) => LiveObject]>([
    [
      'a timeout changed on a given route stays',
      theirs((http) =>
        http.map((one) => (one['timeout'] === '5s' ? { ...one, timeout: '9s' } : one)),
      ),
      theirs(([first, ...more]) => [{ ...first, timeout: '9s' }, ...more]),
    ],
    [
      'a route inserted before stays, and is given too',
      theirs((http) => [inserted, ...http]),
      theirs((http) => [inserted, ...http]),
    ],
    [
      'a given route that was taken away is forgotten',
      theirs((http) => http.filter(({ name }) => name !== 'rest')),
      theirs((http) => http.slice(0, 1)),
    ],
    [
      'routes in another order are found again',
      theirs((http) => http.toReversed()),
      theirs((http) => http.toReversed()),
    ],
    [
      'another match of a named route stays',
      theirs((http) =>
        http.map((one) => (one['name'] === 'rest' ? { ...one, match: [{ port: 80 }] } : one)),
      ),
      theirs(([first, last]) => [first ?? {}, { ...last, match: [{ port: 80 }] }]),
    ],
    [
      'another match of a route without a name stays',
      theirs((http) =>
        http.map((one) => (one['timeout'] === '5s' ? { ...one, match: [{ port: 80 }] } : one)),
      ),
      theirs(([first, ...more]) => [{ ...first, match: [{ port: 80 }] }, ...more]),
    ],
    [
      'our routes that were deleted come back',
      theirs((http) => http.filter((one) => !isOurs(one))),
      (live) => live,
    ],
    [
      'a destination that somebody wrote over ours is written over again',
      theirs((http) =>
        http.map((one) => ({
          ...one,
          route: [{ destination: { host: 'catalog', subset: 'v2' } }],
        })),
      ),
      (live) => live,
    ],
    [
      'the whole spec as it was is exposed again',
      (live) => ({ ...live, spec: original.spec }),
      (live) => live,
    ],
    ['the whole object as it was is exposed again', () => original, (live) => live],
    [
      'the annotation that keeps what was there is written again',
      without(originalAnnotation),
      (live) => live,
    ],
    [
      'an annotation that is no JSON is written again',
      (live) => ({
        ...live,
        metadata: {
          ...live.metadata,
          annotations: { ...live.metadata.annotations, [originalAnnotation]: '{' },
        },
      }),
      (live) => live,
    ],
  ])('%s', (_, edit, expected) => {
    for (const goesOn of [true, false]) {
      const life = new AdoptedLife(original);
      life.give(dark);
      life.edit(edit);
      if (goesOn) {
        life.weight(50);
        const weights = routesIn(life.live).map(
          ({ route }) => JSON.stringify(route).match(/"weight":50/g)?.length,
        );
        expect(weights.every((count) => count === 2)).toBe(true);
      }
      expect(canonical(life.abort())).toBe(canonical(expected(original)));
    }
  });

  it('is held where nobody can tell which route is which, and takes everything from the candidate on the way back', () => {
    const life = new AdoptedLife(original);
    life.weight(10);
    // Two routes change their match, and one of them is copied.
    life.edit(
      theirs(([first, last]) => [
        { ...first, match: [{ port: 1 }] },
        { ...first, match: [{ port: 2 }] },
        { ...last, name: 'other' },
      ]),
    );
    expect(life.why({ weight: basisPoints(2_000) })).toBe(
      'VirtualService shop/catalog has other routes to v1 than when the release began',
    );
    expect(JSON.stringify(life.abort())).not.toContain('v2');
  });

  it('leaves nothing of the candidate behind when what was there is lost with its cookie', () => {
    const life = new AdoptedLife(original, { sticky: { cookie: 'c', lifetime: duration(1_000) } });
    life.weight(10);
    life.edit(without(originalAnnotation));
    expect(canonical(life.abort())).toBe(canonical(original));
  });
});

describe('a release that comes after another', () => {
  const next = { release: releaseId('11111111-2222-4333-8444-555555555555') };

  it('gives back what the one before left changed', () => {
    const before = new AdoptedLife(original);
    before.give(dark);
    const life = new AdoptedLife(before.live, { ...next, candidate: version('v3') });
    expect(canonical(life.give(unexposed))).toBe(canonical(original));
  });

  it('finishes the promotion of the one before, where that could not', () => {
    const before = new AdoptedLife(original);
    before.weight(100);
    const about = { ...next, stable: version('v2'), candidate: version('v3') };
    const life = new AdoptedLife(before.live, about);
    const text = canonical(original).replaceAll('"v1"', '"v2"');
    expect(canonical(life.give(unexposed))).toBe(text);
    life.weight(10);
    expect(canonical(life.abort())).toBe(text);
  });
});
