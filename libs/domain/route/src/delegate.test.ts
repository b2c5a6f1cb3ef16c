import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { mergeDelegates } from './delegate.js';
import { explain } from './explain.js';
import { aDestinationRule, aMesh, aService, aVirtualService, to } from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const root = (rule: object, spec: object = {}): MeshObject =>
  aVirtualService({ http: [{ delegate: { name: 'leaf' }, ...rule }], ...spec }, { name: 'root' });

const leaf = (http: readonly object[], spec: object = {}, namespace = 'demo'): MeshObject =>
  aVirtualService({ hosts: [], http, ...spec }, { name: 'leaf', namespace });

const merged = (...objects: readonly MeshObject[]) => mergeDelegates({ objects });
const rules = (...objects: readonly MeshObject[]) =>
  merged(...objects).virtualServices[0]?.http ?? [];
const problems = (...objects: readonly MeshObject[]) =>
  merged(...objects).problems.map(({ kind }) => kind);

describe('a delegate', () => {
  it('takes the place of the rule that names it, with all of its rules in order', () => {
    const around = aVirtualService(
      {
        http: [
          { name: 'before', match: [{ uri: { prefix: '/x' } }], route: [to('v1')] },
          { name: 'shop', match: [{ uri: { prefix: '/shop' } }], delegate: { name: 'leaf' } },
          { name: 'after', route: [to('v1')] },
        ],
      },
      { name: 'root' },
    );
    const two = leaf([
      { name: 'dark', match: [{ headers: { x: { exact: '1' } } }], route: [to('v2')] },
      { name: 'main', route: [to('v1')] },
    ]);
    expect(
      rules(around, two).map(({ name, index, delegated }) => [name, index, delegated?.ruleIndex]),
    ).toEqual([
      ['before', 0, undefined],
      ['shop-dark', 1, 0],
      ['shop-main', 1, 1],
      ['after', 2, undefined],
    ]);
  });

  it('routes for sidecars too, and the answer says where the rule is written', () => {
    const shop = [aService(), aDestinationRule(['v1', 'v2'])];
    const split = leaf([{ name: 'main', route: [to('v2')] }]);
    const mesh = aMesh([
      ...shop,
      root({ name: 'shop', match: [{ name: 'p', uri: { prefix: '/s' } }] }),
      split,
    ]);
    const answer = explain(mesh, { host: 'shop', path: '/s', from: { namespace: 'demo' } });
    expect(answer).toMatchObject({
      kind: 'routed',
      virtualService: { namespace: 'demo', name: 'root' },
      route: 'shop-main.p',
      ruleIndex: 0,
      delegate: { namespace: 'demo', name: 'leaf', ruleIndex: 0 },
    });
    expect(inShort(explain(mesh, { host: 'shop', path: '/x', from: { namespace: 'demo' } }))).toBe(
      '404 NR',
    );
  });

  it("is looked for in the namespace that is named, else in the root's", () => {
    const there = leaf([{ route: [to('v1')] }], {}, 'team');
    expect(problems(root({}), there)).toEqual(['notFound']);
    expect(problems(root({ delegate: { name: 'leaf', namespace: 'team' } }), there)).toEqual([]);
  });

  it('resolves short hosts in its own namespace', () => {
    const there = leaf([{ route: [{ destination: { host: 'cart' } }] }], {}, 'team');
    const [rule] = rules(root({ delegate: { name: 'leaf', namespace: 'team' } }), there);
    expect(rule?.route[0]?.destination.host).toBe('cart.team.svc.cluster.local');
  });

  it('must have no hosts', () => {
    const owner = aVirtualService({ http: [{ route: [to('v1')] }] }, { name: 'leaf' });
    expect(problems(root({}), owner)).toEqual(['notFound']);
  });

  it('must be exported to the root, or the rule is skipped and the others stay', () => {
    const there = leaf([{ route: [to('v1')] }], { exportTo: ['.'] }, 'team');
    const named = root({ delegate: { name: 'leaf', namespace: 'team' } });
    expect(problems(named, there)).toEqual(['notExported']);
    expect(rules(named, there)).toEqual([]);
    expect(problems(named, leaf([{ route: [to('v1')] }], { exportTo: ['demo'] }, 'team'))).toEqual(
      [],
    );
  });

  it("keeps the root's settings where it has none of its own, and merges no deeper", () => {
    const settings = {
      timeout: '1s',
      retries: { attempts: 1 },
      rewrite: { uri: '/root' },
      headers: { request: { set: { a: 'root' } } },
    };
    const own = { route: [to('v1')], timeout: '2s', headers: { request: { set: { b: 'leaf' } } } };
    const [rule] = rules(root(settings), leaf([own]));
    expect(rule).toMatchObject({
      timeout: '2s',
      retries: { attempts: 1 },
      rewrite: { uri: '/root' },
    });
    expect(rule?.headers?.request.set).toEqual({ b: 'leaf' });
  });
});

describe('matches of root and delegate', () => {
  const match = (above: object | undefined, below: object | undefined) =>
    rules(
      root(above === undefined ? {} : { match: [above] }),
      leaf([{ route: [to('v1')], ...(below === undefined ? {} : { match: [below] }) }]),
    )[0]?.match;

  it("are the delegate's when the root has none, and the other way round", () => {
    expect(match(undefined, { uri: { exact: '/a' } })).toMatchObject([{ uri: { value: '/a' } }]);
    expect(match({ uri: { exact: '/a' } }, undefined)).toMatchObject([{ uri: { value: '/a' } }]);
  });

  it("unite their maps and names, and the delegate's single texts win", () => {
    expect(
      match(
        {
          name: 'r',
          uri: { prefix: '/a' },
          headers: { x: { exact: '1' } },
          sourceLabels: { a: 'b' },
        },
        {
          name: 'l',
          uri: { prefix: '/a/b' },
          headers: { y: { exact: '2' } },
          sourceLabels: { c: 'd' },
        },
      ),
    ).toMatchObject([
      {
        name: 'r-l',
        uri: { kind: 'prefix', value: '/a/b' },
        headers: { x: { value: '1' }, y: { value: '2' } },
        client: { sourceLabels: { a: 'b', c: 'd' } },
      },
    ]);
  });

  it('keep the gateways of the root where the delegate names none', () => {
    const above = { gateways: ['mesh'], port: 80 };
    expect(match(above, { uri: { prefix: '/a' } })).toMatchObject([
      { client: { gateways: ['mesh'], port: 80 } },
    ]);
  });

  it('combine every block of the delegate with every block of the root that it fits', () => {
    const above = root({ match: [{ uri: { prefix: '/a' } }, { headers: { x: { exact: '1' } } }] });
    const below = leaf([
      { match: [{ uri: { prefix: '/a/b' } }, { uri: { prefix: '/c' } }], route: [to('v1')] },
    ]);
    expect(
      rules(above, below)[0]?.match.map(({ uri, headers }) => [uri, Object.keys(headers)]),
    ).toEqual([
      [{ kind: 'prefix', value: '/a/b' }, []],
      [{ kind: 'prefix', value: '/a/b' }, ['x']],
      [{ kind: 'prefix', value: '/c' }, ['x']],
    ]);
  });

  it('drop the whole rule when one block of it fits none of the root, and name the block', () => {
    const above = root({ match: [{ uri: { prefix: '/a' } }] });
    const below = leaf([
      { match: [{ uri: { prefix: '/a/b' } }, { uri: { prefix: '/c' } }], route: [to('v1')] },
      { route: [to('v2')] },
    ]);
    const { problems: found, virtualServices } = merged(above, below);
    expect(virtualServices[0]?.http).toHaveLength(1);
    expect(found).toEqual([
      {
        kind: 'conflict',
        root: { namespace: 'demo', name: 'root' },
        ruleIndex: 0,
        delegate: { namespace: 'demo', name: 'leaf' },
        delegateRuleIndex: 0,
        because:
          'match 1 fits no match of the root (uri: the delegate\'s prefix "/c" is not within the root\'s prefix "/a")',
      },
    ]);
  });

  const exact = (value: string): object => ({ uri: { exact: value } });
  const prefix = (value: string): object => ({ uri: { prefix: value } });
  const regex = (value: string): object => ({ uri: { regex: value } });
  const header = (text: object): object => ({ headers: { x: text } });

  it.each([
    ['equal exact texts', exact('/a'), exact('/a'), true],
    ['different exact texts', exact('/a'), exact('/b'), false],
    ['an exact root and a prefix', exact('/a'), prefix('/a'), false],
    ["a prefix within the root's", prefix('/a'), prefix('/ab'), true],
    ["an exact text within the root's prefix", prefix('/a'), exact('/ab'), true],
    ["a prefix around the root's", prefix('/ab'), prefix('/a'), false],
    ['a pattern in the root beside anything', regex('/a'), exact('/a'), false],
    ['a pattern in the delegate beside anything', prefix('/'), regex('/a'), false],
    ['a pattern in one of them only', regex('/a'), header({ exact: '1' }), true],
    ['presence in the root beside a text', header({}), header({ exact: '1' }), false],
    ['presence in both', header({}), header({}), false],
    ['presence in the delegate beside a text', header({ exact: '1' }), header({}), false],
    ['different headers', header({ exact: '1' }), { headers: { y: { exact: '1' } } }, true],
    [
      'different query parameters of one name',
      { queryParams: { q: { exact: '1' } } },
      { queryParams: { q: { exact: '2' } } },
      false,
    ],
    [
      'different withoutHeaders of one name',
      { withoutHeaders: { q: { exact: '1' } } },
      { withoutHeaders: { q: { exact: '2' } } },
      false,
    ],
    ['ignoreUriCase in one of them', { ...prefix('/a'), ignoreUriCase: true }, prefix('/a'), false],
    ['different ports', { port: 80 }, { port: 81 }, false],
    ['a port in one of them', { port: 80 }, exact('/a'), true],
    [
      'a sourceNamespace that the delegate does not repeat',
      { sourceNamespace: 'a' },
      exact('/a'),
      false,
    ],
    ['a sourceNamespace that it repeats', { sourceNamespace: 'a' }, { sourceNamespace: 'a' }, true],
    ['a sourceNamespace in the delegate only', exact('/a'), { sourceNamespace: 'a' }, true],
    [
      'one source label with two values',
      { sourceLabels: { a: '1' } },
      { sourceLabels: { a: '2' } },
      false,
    ],
    ["gateways within the root's", { gateways: ['a', 'mesh'] }, { gateways: ['mesh'] }, true],
    ["gateways beyond the root's", { gateways: ['mesh'] }, { gateways: ['a'] }, false],
  ])('%s: compatible is %#', (_what, above, below, compatible) => {
    expect(match(above, below) !== undefined).toBe(compatible);
  });
});
