import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { delegateProblem } from './delegate.js';
import type { LiveObject } from '../istio-object.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import { peoples } from '../testing/index.js';

const place = { namespace: 'shop', name: 'catalog-routes' };
const to = 'delegate: {name: catalog-routes, namespace: shop}';

const root = (
  rules: string,
  spec = 'hosts: [shop.example.com], gateways: [edge/public]',
): LiveObject => {
  const { metadata, ...rest } = peoples(`spec: {${spec}, http: ${rules}}`);
  return { ...rest, metadata: { ...metadata, namespace: 'edge', name: 'shop' } };
};
const routesOf = (match: string): readonly Fields[] => [
  { name: 'testers', match: parse(match) as unknown },
  { name: 'default' },
];
const problem = (rules: string, match: string): string | undefined =>
  delegateProblem({ place, routes: routesOf(match) }, [root(rules)]);

/** A root's block beside a delegate's (istio §3.4). */
const fits = (above: string, below: string): string | undefined =>
  problem(`[{name: shop, match: [${above}], ${to}}]`, `[${below}]`);

describe('a delegate’s match', () => {
  it.each([
    ['{uri: {exact: /a}}', '{uri: {exact: /a}}'],
    ['{uri: {prefix: /a}}', '{uri: {prefix: /a/b}}'],
    ['{uri: {prefix: /a}}', '{uri: {exact: /a/b}}'],
    ['{uri: {prefix: /a}}', '{headers: {x: {}}}'],
    ['{uri: {regex: /a.*}}', '{headers: {x: {regex: .*}}}'],
    ['{headers: {x: {prefix: a}}}', '{headers: {x: {exact: ab}, y: {regex: .}}}'],
    ['{port: 80}', '{port: 80}'],
    ['{sourceLabels: {app: web}}', '{sourceLabels: {app: web, version: v2}}'],
    ['{sourceNamespace: web}', '{sourceNamespace: web, port: 80}'],
    ['{gateways: [public]}', '{gateways: [edge/public], port: 80}'],
    ['{ignoreUriCase: true, uri: {prefix: /a}}', '{ignoreUriCase: true, uri: {prefix: /a/b}}'],
  ])('goes with the root’s: %s and %s', (above, below) => {
    expect(fits(above, below)).toBeUndefined();
  });

  it.each([
    ['{uri: {prefix: /a/b}}', '{uri: {prefix: /a}}', 'uri'],
    ['{uri: {exact: /a}}', '{uri: {prefix: /a}}', 'uri'],
    ['{uri: {regex: /a.*}}', '{uri: {exact: /a}}', 'uri'],
    ['{uri: {prefix: /a}}', '{uri: {regex: /a.*}}', 'uri'],
    ['{uri: {regex: /a.*}}', '{uri: {regex: /a.*}}', 'uri'],
    ['{method: {regex: GET}}', '{method: {exact: GET}}', 'method'],
    ['{headers: {x: {}}}', '{headers: {x: {exact: a}}}', 'headers x'],
    ['{headers: {x: {exact: a}}}', '{headers: {x: {}}}', 'headers x'],
    ['{queryParams: {q: {exact: a}}}', '{queryParams: {q: {regex: a}}}', 'queryParams q'],
    ['{withoutHeaders: {x: {}}}', '{withoutHeaders: {x: {exact: a}}}', 'withoutHeaders x'],
    ['{ignoreUriCase: true, uri: {prefix: /a}}', '{headers: {x: {}}}', 'ignoreUriCase'],
    ['{sourceNamespace: web}', '{port: 80}', 'sourceNamespace'],
  ])('is left out beside the root’s: %s and %s', (above, below, what) => {
    expect(fits(above, below)).toBe(
      `istiod leaves out route "testers" for route "shop" of edge/shop: ${what} does not fit`,
    );
  });

  it('takes all of its route with it when one block fits nowhere', () => {
    const rules = `[{match: [{uri: {prefix: /a}}], ${to}}]`;
    expect(problem(rules, '[{uri: {prefix: /a/b}}, {uri: {prefix: /z}}]')).toContain(
      'istiod leaves out',
    );
    expect(problem(rules, '[{uri: {prefix: /a/b}}]')).toBeUndefined();
  });

  it('may be about other requests than one of several roots hands over', () => {
    const rules = `[{match: [{uri: {prefix: /a}}], ${to}}, {match: [{uri: {prefix: /b}}], ${to}}]`;
    expect(problem(rules, '[{uri: {prefix: /a/x}}]')).toBeUndefined();
    expect(problem(rules, '[{uri: {prefix: /c}}]')).toBe(
      'no VirtualService hands over requests of route "testers"',
    );
  });

  it('is for nobody at a gateway where no root is', () => {
    expect(problem(`[{${to}}]`, '[{gateways: [mesh]}]')).toBe(
      'no VirtualService hands over requests of route "testers"',
    );
    expect(problem(`[{${to}}]`, '[{gateways: [edge/public]}]')).toBeUndefined();
  });

  it.each([
    ['{gateways: [public]}', '{sourceLabels: {app: web}}'],
    ['{sourceLabels: {app: web}}', '{gateways: [edge/public]}'],
  ])('would be for every caller with gateways beside: %s and %s', (above, below) => {
    expect(fits(above, below)).toBe(
      'route "testers" under route "shop" of edge/shop would be for every caller: beside gateways Istio ignores what a match asks of the caller',
    );
  });

  it.each(['match: [{uri: {prefix: /a}}], ', ''])(
    'may change what the root rewrites (%s)',
    (match) => {
      const rules = `[{name: shop, ${match}rewrite: {uri: /}, ${to}}]`;
      expect(problem(rules, '[{uri: {prefix: /a/b}}]')).toBe(
        'route "testers" under route "shop" of edge/shop would rewrite another part of the path than the root means',
      );
      expect(problem(rules, '[{headers: {x: {}}}]')).toBeUndefined();
    },
  );
});

describe('a root', () => {
  it.each([
    ['route', '[{destination: {host: catalog}}]'],
    ['redirect', '{uri: /}'],
  ])('that has a %s beside its delegate is refused by Istio', (what, value) => {
    const rules = `[{name: a, ${to}, ${what}: ${value}}]`;
    expect(problem(rules, '[{port: 80}]')).toBe(
      'route "a" of edge/shop has a delegate and something else to do: Istio refuses that',
    );
  });

  it('that is handed requests itself goes no further', () => {
    const delegate = { place, routes: [] };
    expect(delegateProblem(delegate, [root(`[{${to}}]`, 'xFuture: 1')])).toBe(
      'edge/shop hands requests to shop/catalog-routes and has no host itself: Istio goes from one to another once only',
    );
  });

  it.each<[readonly string[] | undefined, boolean]>([
    [undefined, true],
    [[], true],
    [['*'], true],
    [['edge', 'other'], true],
    [['.'], false],
    [['other'], false],
  ])('sees a delegate that is exported to %j: %s', (exportTo, sees) => {
    const because = delegateProblem({ place, routes: [], exportTo }, [root(`[{${to}}]`)]);
    expect(because).toBe(
      sees ? undefined : 'edge/shop cannot see shop/catalog-routes, which is not exported to edge',
    );
  });

  it('in the namespace of the delegate need not name it, and sees what is kept there', () => {
    const { metadata, ...rest } = root('[{delegate: {name: catalog-routes}, route: []}]');
    const beside = { ...rest, metadata: { ...metadata, namespace: 'shop' } };
    expect(delegateProblem({ place, routes: [], exportTo: ['.'] }, [beside])).toContain(
      'something else to do',
    );
    expect(
      delegateProblem({ place, routes: [] }, [
        root('[{delegate: {name: catalog-routes}, route: []}]'),
      ]),
    ).toBeUndefined();
  });

  it('that hands over something else has nothing to do with it', () => {
    const rules = '[{delegate: {name: cart, namespace: cart}, route: []}]';
    expect(problem(rules, '[{port: 80}]')).toBeUndefined();
    expect(listOf(fieldsOf(root(rules).spec)['http'])).toHaveLength(1);
  });
});
