import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject, brief } from '../../testing/an-object.js';
import { lintRelations } from '../lint-relations.js';

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));

const root = (match?: object, delegate: object = { name: 'leaf' }): MeshObject =>
  anObject('VirtualService', 'shop/root', {
    hosts: ['catalog'],
    http: [{ ...(match === undefined ? {} : { match: [match] }), delegate }],
  });

const leaf = (match?: object, rest: object = {}): MeshObject =>
  anObject('VirtualService', 'shop/leaf', {
    http: [{ ...(match === undefined ? {} : { match: [match] }), route: [] }],
    ...rest,
  });

describe('a delegate', () => {
  it('is found by name in the namespace of the root, or in one that is named', () => {
    expect(lint(root(), leaf())).toEqual([]);
    expect(lint(root(undefined, { name: 'leaf', namespace: 'shop' }), leaf())).toEqual([]);
    expect(lint(root(undefined, { name: 'leaf', namespace: 'far' }), leaf())).toEqual([
      'DELEGATE_NOT_FOUND VirtualService/root spec.http[0].delegate',
      'DELEGATE_UNUSED VirtualService/leaf',
    ]);
  });

  it('has no hosts', () => {
    expect(lint(root(), leaf(undefined, { hosts: ['other'] }))).toEqual([
      'DELEGATE_HAS_HOSTS VirtualService/root spec.http[0].delegate',
    ]);
  });

  it('is exported to the root', () => {
    const far = (exportTo: readonly string[]): MeshObject =>
      anObject('VirtualService', 'far/leaf', { http: [], exportTo });
    const outer = root(undefined, { name: 'leaf', namespace: 'far' });
    expect(lint(outer, far(['*']))).toEqual([]);
    expect(lint(outer, far(['shop']))).toEqual([]);
    expect(lint(outer, far(['.']))).toEqual([
      'DELEGATE_NOT_EXPORTED VirtualService/root spec.http[0].delegate',
    ]);
  });

  it('is named by what its rule cannot be combined with', () => {
    expect(
      lintRelations([root({ uri: { prefix: '/a' } }), leaf({ uri: { prefix: '/b' } })]),
    ).toMatchObject([
      {
        code: 'DELEGATE_RULE_DROPPED',
        object: { name: 'leaf' },
        path: 'spec.http[0].match[0]',
        message: 'uri cannot be combined with spec.http[0] of shop/root.',
      },
    ]);
  });

  it('needs one match of the root that fits, not all', () => {
    const http = [
      { match: [{ uri: { prefix: '/a' } }, { uri: { prefix: '/b' } }], delegate: { name: 'leaf' } },
    ];
    const outer = anObject('VirtualService', 'shop/root', { hosts: ['catalog'], http });
    expect(lint(outer, leaf({ uri: { exact: '/b/c' } }))).toEqual([]);
  });

  const text = (key: string, value: string): object => ({ uri: { [key]: value } });
  const header = (value: object): object => ({ headers: { 'x-a': value } });
  it.each([
    ['an exact text and the same', text('exact', '/a'), text('exact', '/a'), true],
    ['an exact text and another', text('exact', '/a'), text('exact', '/b'), false],
    ['an exact text and a prefix', text('exact', '/a'), text('prefix', '/a'), false],
    ['a prefix and a longer one', text('prefix', '/a'), text('prefix', '/ab'), true],
    ['a prefix and a shorter one', text('prefix', '/ab'), text('prefix', '/a'), false],
    ['a prefix and an exact text within', text('prefix', '/a'), text('exact', '/a/b'), true],
    ['a regex and the same', text('regex', 'a'), text('regex', 'a'), false],
    ['a prefix and a regex', text('prefix', '/a'), text('regex', '/a.*'), false],
    ['presence and a value', header({}), header({ exact: 'b' }), false],
    ['presence and presence', header({}), header({}), false],
    ['different headers', header({ exact: 'b' }), { headers: { 'x-b': { exact: 'c' } } }, true],
    ['a path and a header', text('prefix', '/a'), header({ exact: 'b' }), true],
    ['different case', { ignoreUriCase: true }, {}, false],
    ['different ports', { port: 80 }, { port: 81 }, false],
    ['a port and none', { port: 80 }, text('prefix', '/a'), true],
    ['a source namespace and none', { sourceNamespace: 'a' }, text('prefix', '/a'), false],
    ['none and a source namespace', text('prefix', '/a'), { sourceNamespace: 'a' }, true],
    ['different source labels', { sourceLabels: { a: 'b' } }, { sourceLabels: { a: 'c' } }, false],
    ['gateways within the root’s', { gateways: ['a', 'b'] }, { gateways: ['a'] }, true],
    ['gateways beyond the root’s', { gateways: ['a'] }, { gateways: ['a', 'b'] }, false],
    ['a key that every object has', header({ exact: 'b' }), { headers: { constructor: {} } }, true],
  ])('combines, or does not, %s', (_, outer, inner, isFit) => {
    const dropped = 'DELEGATE_RULE_DROPPED VirtualService/leaf spec.http[0].match[0]';
    expect(lint(root(outer), leaf(inner))).toEqual(isFit ? [] : [dropped]);
  });

  it('takes the match of the root where it has none, and the other way round', () => {
    expect(lint(root(text('regex', '.*')), leaf())).toEqual([]);
    expect(lint(root(), leaf(text('regex', '.*')))).toEqual([]);
  });

  it('is of no use where nobody delegates to it', () => {
    expect(lint(leaf())).toEqual(['DELEGATE_UNUSED VirtualService/leaf']);
  });
});
