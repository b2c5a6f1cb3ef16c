import { describe, expect, it } from '@jest/globals';
import {
  unexposed,
  type Exposure,
  type MatchRoute,
  type RequestMatch,
} from '@spillway/domain-traffic';
import { basisPoints, duration } from '@spillway/kernel';
import { parse } from 'yaml';
import { ownPart } from '../render/routing-name.js';
import {
  AdoptedLife,
  aMeshService,
  anAdoptedService,
  peoples,
  routesIn,
} from '../testing/index.js';
import type { Traffic } from '../traffic.js';

const dark = (match: RequestMatch, where?: MatchRoute['where']): Exposure => ({
  ...unexposed,
  routes: [{ name: 'testers', match: [match], ...(where && { where }) }],
});
const testers = dark({ headers: { 'x-tester': { exact: 'yes' } } });

const becomes = (
  before: string,
  exposure: Exposure,
  after: string,
  about: Partial<Traffic> = {},
): void => {
  const life = new AdoptedLife(peoples(before), about);
  expect(life.give(exposure).spec).toEqual(parse(after));
};

describe('a route of ours before one of people’s', () => {
  it('inherits everything but what it is there for', () => {
    becomes(
      `
      spec:
        hosts: [catalog]
        http:
          - name: api
            match: [{uri: {prefix: /api}, xFuture: 1}, {uri: {prefix: /v1}}]
            timeout: 5s
            retries: {attempts: 3}
            xFuture: {a: 1}
            mirrors: [{destination: {host: audit.ops}}, {destination: {host: catalog, subset: v2}}]
            route:
              - destination: {host: catalog, subset: v1, port: {number: 80}}
                weight: 90
                headers: {request: {set: {x-a: b}}}
              - {destination: {host: catalog, subset: v2}, weight: 10}`,
      testers,
      `
      hosts: [catalog]
      http:
        - name: catalog.0f3a9c1e.g7.testers
          match:
            - {uri: {prefix: /api}, xFuture: 1, headers: {x-tester: {exact: 'yes'}}}
            - {uri: {prefix: /v1}, headers: {x-tester: {exact: 'yes'}}}
          timeout: 5s
          retries: {attempts: 3}
          xFuture: {a: 1}
          mirrors: [{destination: {host: audit.ops}}]
          route:
            - destination: {host: catalog, subset: v2, port: {number: 80}}
              headers: {request: {set: {x-a: b}}}
        - name: api
          match: [{uri: {prefix: /api}, xFuture: 1}, {uri: {prefix: /v1}}]
          timeout: 5s
          retries: {attempts: 3}
          xFuture: {a: 1}
          mirrors: [{destination: {host: audit.ops}}, {destination: {host: catalog, subset: v2}}]
          route:
            - destination: {host: catalog, subset: v1, port: {number: 80}}
              weight: 90
              headers: {request: {set: {x-a: b}}}
            - {destination: {host: catalog, subset: v2}, weight: 10}`,
    );
  });

  it('is before each that was given, under a name of its own, and before no other', () => {
    becomes(
      `
      spec:
        hosts: [catalog]
        http:
          - {name: a, match: [{port: 1}], route: [{destination: {host: catalog, subset: v1}}]}
          - {name: b, match: [{port: 2}], route: [{destination: {host: catalog, subset: v2}}]}
          - {name: c, route: [{destination: {host: catalog, subset: v1}}]}`,
      testers,
      `
      hosts: [catalog]
      http:
        - name: catalog.0f3a9c1e.g7.testers
          match: [{port: 1, headers: {x-tester: {exact: 'yes'}}}]
          route: [{destination: {host: catalog, subset: v2}}]
        - {name: a, match: [{port: 1}], route: [{destination: {host: catalog, subset: v1}}]}
        - {name: b, match: [{port: 2}], route: [{destination: {host: catalog, subset: v2}}]}
        - name: catalog.0f3a9c1e.g7.testers.2
          match: [{headers: {x-tester: {exact: 'yes'}}}]
          route: [{destination: {host: catalog, subset: v2}}]
        - {name: c, route: [{destination: {host: catalog, subset: v1}}]}`,
    );
  });

  it('is before those only that were given by name', () => {
    const yaml = `
      spec:
        http:
          - {name: a, match: [{port: 1}], route: [{destination: {host: catalog, subset: v1}}]}
          - {name: b, route: [{destination: {host: catalog, subset: v1}}]}`;
    const life = new AdoptedLife(peoples(yaml), { service: anAdoptedService(['b']) });
    expect(routesIn(life.give(testers)).map(({ name }) => name)).toEqual([
      'a',
      'catalog.0f3a9c1e.g7.testers',
      'b',
    ]);
  });

  it('is not there where nobody would be meant', () => {
    const yaml = `
      spec:
        http:
          - {name: a, match: [{headers: {x-tester: {exact: 'no'}}}], route: [{destination: {host: catalog, subset: v1}}]}
          - {name: b, route: [{destination: {host: catalog, subset: v1}}]}`;
    const names = routesIn(new AdoptedLife(peoples(yaml)).give(testers)).map(({ name }) => name);
    expect(names).toEqual(['a', 'catalog.0f3a9c1e.g7.testers.2', 'b']);
  });
});

describe('mesh and edge in an adopted object', () => {
  const blockAt = (
    gateways: string,
    where: MatchRoute['where'],
    match: RequestMatch = { port: 80 },
  ) => {
    const yaml = `spec: {hosts: [catalog], ${gateways} http: [{route: [{destination: {host: catalog, subset: v1}}]}]}`;
    return routesIn(new AdoptedLife(peoples(yaml)).give(dark(match, where)))[0]?.['match'];
  };
  it.each([
    ['both without a word', 'gateways: [mesh, edge/a],', undefined, [{ port: 80 }]],
    ['the mesh', 'gateways: [mesh, edge/a],', 'mesh' as const, [{ port: 80, gateways: ['mesh'] }]],
    [
      'the edge',
      'gateways: [mesh, edge/a],',
      'edge' as const,
      [{ port: 80, gateways: ['edge/a'] }],
    ],
    ['the mesh, where it is in no other place', '', 'mesh' as const, [{ port: 80 }]],
    [
      'the edge, where it is in no other place',
      'gateways: [edge/a, b],',
      'edge' as const,
      [{ port: 80 }],
    ],
  ])('are %s', (_, gateways, where, expected) => {
    expect(blockAt(gateways, where)).toEqual(expected);
  });

  it('are those of the service in a delegate, which says none', () => {
    const edge = { gateways: ['edge/a'], hosts: ['shop.example.com'] };
    const service = anAdoptedService(undefined, { edge });
    becomes(
      'spec: {http: [{route: [{destination: {host: catalog, subset: v1}}]}]}',
      dark({ port: 80 }, 'edge'),
      `
      http:
        - name: catalog.0f3a9c1e.g7.testers
          match: [{port: 80, gateways: [edge/a]}]
          route: [{destination: {host: catalog, subset: v2}}]
        - route: [{destination: {host: catalog, subset: v1}}]`,
      { service },
    );
  });
});

describe('copies in an adopted object', () => {
  const mirror = (methods: 'all' | 'safe'): Exposure => ({
    ...unexposed,
    mirror: { share: basisPoints(1_000), methods },
  });
  const copy = '{host: catalog.shop.svc.cluster.local, subset: v2, port: {number: 8080}}';
  const route = 'route: [{destination: {host: catalog, subset: v1}}]';

  it('are part of people’s route', () => {
    becomes(
      `spec: {http: [{${route}}]}`,
      mirror('all'),
      `http: [{${route}, mirror: ${copy}, mirrorPercentage: {value: 10}}]`,
    );
  });

  it('take the place of others to the candidate', () => {
    becomes(
      `spec: {http: [{${route}, mirror: {host: catalog, subset: v2}, mirrorPercent: 50}]}`,
      mirror('all'),
      `http: [{${route}, mirror: ${copy}, mirrorPercentage: {value: 10}}]`,
    );
  });

  it('are beside those to other places', () => {
    becomes(
      `spec: {http: [{${route}, mirror: {host: audit.ops}, mirrorPercent: 50}]}`,
      mirror('all'),
      `http: [{${route}, mirrors: [{destination: {host: audit.ops}, percentage: {value: 50}}, {destination: ${copy}, percentage: {value: 10}}]}]`,
    );
  });

  it('of what is safe to repeat have a route of their own', () => {
    becomes(
      `spec: {http: [{match: [{method: {exact: GET}}, {port: 80}], ${route}}]}`,
      mirror('safe'),
      `
      http:
        - name: catalog.0f3a9c1e.g7.mirrored
          match:
            - {method: {exact: GET}}
            - {port: 80, method: {exact: GET}}
            - {port: 80, method: {exact: HEAD}}
          ${route}
          mirror: ${copy}
          mirrorPercentage: {value: 10}
        - match: [{method: {exact: GET}}, {port: 80}]
          ${route}`,
    );
  });

  it('end with the first weight', () => {
    becomes(
      `spec: {http: [{${route}, mirror: {host: catalog, subset: v2}}]}`,
      { weight: basisPoints(1_000) },
      `http: [{route: [{destination: {host: catalog, subset: v1}, weight: 90}, {destination: {host: catalog, subset: v2}, weight: 10}]}]`,
    );
  });
});

describe('sticky sessions in an adopted object', () => {
  const sticky = { cookie: 'c', lifetime: duration(60_000) };
  it('are routes before people’s, and cookies beside their headers', () => {
    const cookie = (of: string) => `c=0f3a9c1e.${of}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`;
    becomes(
      `spec: {http: [{timeout: 1s, route: [{destination: {host: catalog, subset: v1}, headers: {response: {add: {via: x}, remove: [server]}}}]}]}`,
      { weight: basisPoints(5_000) },
      `
      http:
        - name: catalog.0f3a9c1e.g7.stay-candidate
          timeout: 1s
          match: [{headers: {cookie: {regex: '(.*;\\s*)?c=0f3a9c1e\\.v2(;.*)?'}}}]
          route: [{destination: {host: catalog, subset: v2}, headers: {response: {add: {via: x}, remove: [server]}}}]
        - name: catalog.0f3a9c1e.g7.stay-stable
          timeout: 1s
          match: [{headers: {cookie: {regex: '(.*;\\s*)?c=0f3a9c1e\\.v1(;.*)?'}}}]
          route: [{destination: {host: catalog, subset: v1}, headers: {response: {add: {via: x}, remove: [server]}}}]
        - timeout: 1s
          route:
            - destination: {host: catalog, subset: v1}
              weight: 50
              headers: {response: {add: {via: x, set-cookie: '${cookie('v1')}'}, remove: [server]}}
            - destination: {host: catalog, subset: v2}
              weight: 50
              headers: {response: {add: {via: x, set-cookie: '${cookie('v2')}'}, remove: [server]}}`,
      { sticky },
    );
  });
});

describe('the name of a route of ours', () => {
  it.each([
    ['catalog.0f3a9c1e.g7.testers', 'testers'],
    ['catalog.0f3a9c1e.g7.testers.2', 'testers'],
    ['catalog.0f3a9c1e.g7', undefined],
    ['catalog.0f3a9c1e.testers', undefined],
    ['catalog-2.0f3a9c1e.g7.testers', undefined],
    ['cart.0f3a9c1e.g7.testers', undefined],
    ['catalog.a.b.g7.testers', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is told from people’s: %s', (name, part) => {
    expect(ownPart(aMeshService(), name)).toBe(part);
  });
});
