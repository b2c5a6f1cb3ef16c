import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, parse, validate, type ValidationRule } from 'graphql';
import { typeDefs } from '../sdl/index.js';
import { costLimit } from './cost-limit.js';
import { aliasLimit, directiveLimit, mutationLimit } from './count-limits.js';
import { depthLimit } from './depth-limit.js';
import { limits } from './index.js';

const schema = buildSchema(typeDefs);
const complaints = (query: string, ...rules: ValidationRule[]): string[] =>
  validate(schema, parse(query), rules).map(({ message }) => message);

describe('depthLimit', () => {
  const four = '{ releases { edges { node { id } } } }';

  it('allows as many fields in each other, and no more', () => {
    expect(complaints(four, depthLimit(4))).toEqual([]);
    expect(complaints(four, depthLimit(3))).toEqual([
      'The operation is 4 fields deep; 3 are allowed.',
    ]);
  });

  it('looks into fragments', () => {
    const query =
      '{ ...a } fragment a on Query { releases { edges { ... on ReleaseEdge { node { id } } } } }';
    expect(complaints(query, depthLimit(3))).toHaveLength(1);
  });

  it('survives a fragment that contains itself', () => {
    const query = '{ ...a } fragment a on Query { releases { edges { cursor } } ...a }';
    expect(complaints(query, depthLimit(3))).toEqual([]);
  });
});

describe('costLimit', () => {
  it('counts a page as full', () => {
    const query = '{ releases(first: 10) { edges { node { id } } } }';
    expect(complaints(query, costLimit(21))).toHaveLength(1);
    expect(complaints(query, costLimit(31))).toEqual([]);
  });

  it('multiplies pages in pages', () => {
    const query =
      '{ releases(first: 200) { edges { node { events(first: 200) { edges { node { hash } } } } } } }';
    expect(complaints(query, ...limits)).toEqual([
      expect.stringContaining('Ask for shorter pages'),
    ]);
  });

  it('takes the longest page for a variable, and the usual one where none is asked for', () => {
    const withVariable = 'query ($n: Int) { clusters(first: $n) { edges { node { name } } } }';
    const without = '{ clusters { edges { node { name } } } }';
    expect(complaints(withVariable, costLimit(600))).toHaveLength(1);
    expect(complaints(without, costLimit(151))).toEqual([]);
    expect(complaints(without, costLimit(150))).toHaveLength(1);
  });

  it('counts aliases each', () => {
    const aliases = Array.from({ length: 600 }, (_, i) => `a${i}: releases { edges { cursor } }`);
    expect(complaints(`{ ${aliases.join(' ')} }`, costLimit(20_000))).toHaveLength(1);
  });

  it('is not slowed down by fragments that spread each other twice', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
    );
    const query = `{ ...f0 } ${fragments.join(' ')} fragment f40 on Query { releases { edges { cursor } } }`;
    expect(complaints(query, ...limits)).toHaveLength(1);
  });
});

describe('the other limits', () => {
  it('count aliases, also in fragments', () => {
    const query = '{ a: __typename ...f } fragment f on Query { b: __typename c: __typename }';
    expect(complaints(query, aliasLimit(3))).toEqual([]);
    expect(complaints(query, aliasLimit(2))).toEqual([
      'The document has 3 aliases; 2 are allowed.',
    ]);
  });

  it('count directives', () => {
    const query = '{ __typename @skip(if: false) @include(if: true) }';
    expect(complaints(query, directiveLimit(2))).toEqual([]);
    expect(complaints(query, directiveLimit(1))).toHaveLength(1);
  });

  it('count what a mutation does, and leave queries alone', () => {
    const twice = 'a: pauseRelease(id: "a") { __typename } ...f';
    const fragment = 'fragment f on Mutation { b: pauseRelease(id: "b") { __typename } }';
    expect(complaints(`mutation { ${twice} } ${fragment}`, mutationLimit(2))).toEqual([]);
    expect(complaints(`mutation { ${twice} } ${fragment}`, mutationLimit(1))).toEqual([
      'The document has 2 mutations; 1 are allowed.',
    ]);
    expect(complaints('{ a: __typename b: __typename }', mutationLimit(1))).toEqual([]);
  });
});

it('lets tools introspect the schema, and people ask for a whole page of releases', () => {
  expect(complaints(getIntrospectionQuery(), ...limits)).toEqual([]);
  const page = `{ releases(first: 200) { edges { node { id service phase because held { kind detail }
    progress { stepIndex steps current } rollouts { cluster weight applied } } } pageInfo { endCursor } } }`;
  expect(complaints(page, ...limits)).toEqual([]);
});
