import { describe, expect, it } from '@jest/globals';
import {
  unexposed,
  type Exposure,
  type MatchRoute,
  type RequestMatch,
} from '@spillway/domain-traffic';
import { basisPoints } from '@spillway/kernel';
import { parse } from 'yaml';
import { renderVirtualService } from './render.js';
import { fieldsOf } from '../spec-fields.js';
import { aMeshService, aTraffic } from '../testing/index.js';
import type { MeshService, Traffic } from '../traffic.js';

const specOf = (about: Partial<Traffic> = {}) => renderVirtualService(aTraffic(about)).spec;
const dark = (match: RequestMatch, where?: MatchRoute['where']): Exposure => ({
  ...unexposed,
  routes: [{ name: 'testers', match: [match], ...(where && { where }) }],
});
const edge = { gateways: ['edge/public'], hosts: ['shop.example.com'] };
const v1 = '{host: catalog.shop.svc.cluster.local, subset: v1, port: {number: 8080}}';
const v2 = '{host: catalog.shop.svc.cluster.local, subset: v2, port: {number: 8080}}';

const becomes = (about: Partial<Traffic>, yaml: string): void =>
  expect(specOf(about)).toEqual(parse(yaml));

describe('a dark launch', () => {
  it.each<[string, RequestMatch, string]>([
    [
      'by header',
      { headers: { 'x-tester': { exact: 'yes' } } },
      'headers: {x-tester: {exact: "yes"}}',
    ],
    [
      'by the presence of a header',
      { headers: { 'x-tester': { present: true } } },
      'headers: {x-tester: {}}',
    ],
    [
      'by cookie',
      { cookies: { beta: { exact: 'on' } } },
      'headers: {cookie: {regex: "(.*;\\\\s*)?beta=on(;.*)?"}}',
    ],
    ['by query', { queryParams: { v: { regex: '2.*' } } }, 'queryParams: {v: {regex: 2.*}}'],
    ['by method', { method: { exact: 'GET' } }, 'method: {exact: GET}'],
    [
      'by path',
      { uri: { prefix: '/beta' }, ignoreUriCase: true },
      '{uri: {prefix: /beta}, ignoreUriCase: true}',
    ],
    [
      'by host',
      { authority: { exact: 'beta.example.com' } },
      'authority: {exact: beta.example.com}',
    ],
    ['by scheme', { scheme: { exact: 'https' } }, 'scheme: {exact: https}'],
    ['by port', { port: 8081 }, 'port: 8081'],
    [
      'without a header',
      { withoutHeaders: { 'x-old': { prefix: '1' } } },
      'withoutHeaders: {x-old: {prefix: "1"}}',
    ],
    ['by labels of the caller', { sourceLabels: { app: 'web' } }, 'sourceLabels: {app: web}'],
    ['by namespace of the caller', { sourceNamespace: 'web' }, 'sourceNamespace: web'],
  ])('%s is a route before the default one', (_, match, block) => {
    expect(specOf({ exposure: dark(match) })).toEqual({
      hosts: ['catalog.shop.svc.cluster.local'],
      gateways: ['mesh'],
      http: [
        {
          name: 'catalog.0f3a9c1e.g7.testers',
          match: [parse(block)],
          route: [{ destination: parse(v2) as unknown }],
        },
        { name: 'catalog.0f3a9c1e.g7', route: [{ destination: parse(v1) as unknown }] },
      ],
    });
  });

  it('has its routes in their order, any of whose matches is enough, before a split', () => {
    const routes = [
      { name: 'a', match: [{ port: 1 }, { headers: { b: { exact: '2' }, a: { exact: '1' } } }] },
      { name: 'b', match: [{ port: 2 }] },
    ];
    becomes(
      { exposure: { weight: basisPoints(1_000), routes } },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      http:
        - name: catalog.0f3a9c1e.g7.a
          match: [{port: 1}, {headers: {a: {exact: '1'}, b: {exact: '2'}}}]
          route: [{destination: ${v2}}]
        - name: catalog.0f3a9c1e.g7.b
          match: [{port: 2}]
          route: [{destination: ${v2}}]
        - name: catalog.0f3a9c1e.g7
          route: [{destination: ${v1}, weight: 90}, {destination: ${v2}, weight: 10}]`,
    );
  });
});

describe('mesh and edge', () => {
  const service = aMeshService({ edge });
  const matchOf = (match: RequestMatch, where?: MatchRoute['where'], of: MeshService = service) =>
    specOf({ service: of, exposure: dark(match, where) }).http?.[0]?.match;

  it('are one object, so that both have the same split', () => {
    becomes(
      { service },
      `
      hosts: [catalog.shop.svc.cluster.local, shop.example.com]
      gateways: [mesh, edge/public]
      http:
        - name: catalog.0f3a9c1e.g7
          route: [{destination: ${v1}, weight: 90}, {destination: ${v2}, weight: 10}]`,
    );
  });

  it('may each have routes of their own', () => {
    expect(matchOf({ port: 80 })).toEqual([{ port: 80 }]);
    expect(matchOf({ port: 80 }, 'mesh')).toEqual([{ port: 80, gateways: ['mesh'] }]);
    expect(matchOf({ port: 80 }, 'edge')).toEqual([{ port: 80, gateways: ['edge/public'] }]);
  });

  it('are not named beside the caller, whom Istio would then ignore', () => {
    const sourceLabels = { app: 'web' };
    expect(matchOf({ sourceLabels }, 'mesh')).toEqual([{ sourceLabels }]);
    expect(matchOf({ sourceNamespace: 'a' }, 'mesh')).toEqual([{ sourceNamespace: 'a' }]);
    expect(matchOf({ port: 80, sourceLabels: {} }, 'mesh')).toEqual([
      { port: 80, gateways: ['mesh'] },
    ]);
  });

  it('never make a route for the edge one for everybody', () => {
    for (const [match, of] of [
      [{ port: 80 }, aMeshService()],
      [{ sourceLabels: { app: 'web' } }, service],
    ] as const) {
      const { http } = specOf({ service: of, exposure: dark(match, 'edge') });
      expect(http?.map(({ name }) => name)).toEqual(['catalog.0f3a9c1e.g7']);
    }
  });
});

describe('cookies', () => {
  const cookieOf = (match: RequestMatch['cookies']): RegExp => {
    const block = specOf({ exposure: dark({ ...(match && { cookies: match }) }) }).http?.[0]?.match;
    const { regex } = fieldsOf(block?.[0]?.headers?.['cookie']);
    return new RegExp(`^(?:${String(regex)})$`);
  };
  const takes = (pattern: RegExp, ...texts: readonly string[]) =>
    texts.map((one) => pattern.test(one));

  it('are found wherever they are in the header, by their whole name and value', () => {
    const pattern = cookieOf({ 'a.b': { exact: 'x+y' } });
    expect(takes(pattern, 'a.b=x+y', 'c=1; a.b=x+y', 'c=1;a.b=x+y; d=2')).toEqual([
      true,
      true,
      true,
    ]);
    expect(takes(pattern, 'xa.b=x+y', 'a.b=x+yz', 'acb=x+y', 'c=a.b=x+y', 'a.b=xxy')).toEqual(
      Array(5).fill(false),
    );
  });

  it('are found by the beginning of the value, by a pattern and by being there', () => {
    expect(takes(cookieOf({ a: { prefix: 'x' } }), 'a=xy; b=1', 'a=y', 'a=;b=x')).toEqual([
      true,
      false,
      false,
    ]);
    expect(takes(cookieOf({ a: { regex: '1|2' } }), 'a=2', 'b=0; a=1; c', 'a=12')).toEqual([
      true,
      true,
      false,
    ]);
    expect(takes(cookieOf({ a: { present: true } }), 'a=', 'b=1; a=2', 'b=a')).toEqual([
      true,
      true,
      false,
    ]);
  });
});
