import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { described } from '../sdl/describe/described.js';
import { typeDefs } from '../sdl/index.js';

interface Part {
  readonly path: string;
  readonly description: string | null | undefined;
}

/** A type with all that it is made of. */
function partsOf(type: GraphQLNamedType): readonly Part[] {
  const { name, description } = type;
  const parts: Part[] = [{ path: name, description }];
  if (isEnumType(type)) {
    for (const value of type.getValues()) parts.push(named(`${name}.${value.name}`, value));
  }
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push(named(`${name}.${field.name}`, field));
      const args = 'args' in field ? field.args : [];
      for (const arg of args) parts.push(named(`${name}.${field.name}(${arg.name})`, arg));
    }
  }
  return parts;
}

const named = (path: string, { description }: Omit<Part, 'path'>): Part => ({ path, description });

/** The three root types are what they are. */
const roots = new Set(['Query', 'Mutation', 'Subscription']);

const parts = (schema: GraphQLSchema): readonly Part[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap(partsOf)
    .filter(({ path }) => !roots.has(path));

const silent = (schema: GraphQLSchema): readonly string[] =>
  parts(schema)
    .filter(({ description }) => (description ?? '').trim() === '')
    .map(({ path }) => path);

describe('the schema', () => {
  it('describes every type, field, value and argument', () => {
    expect(silent(buildSchema(typeDefs))).toEqual([]);
  });

  it('describes them in sentences', () => {
    const odd = parts(buildSchema(typeDefs))
      .filter(({ description }) => !/[.:!)]$/.test(description ?? ''))
      .map(({ path, description }) => `${path}: ${description}`);
    expect(odd).toEqual([]);
  });
});

describe('a description', () => {
  it('stays what it is where it is written, and is made of the name elsewhere', () => {
    const sdl = described(`
      "Mine." input AppleInput { a: Int } input RuleMatchInput { a: Int }
      type Query { a("Own." first: Int, after: String, x: Int): Int }`);
    const schema = buildSchema(sdl);
    expect(schema.getType('AppleInput')?.description).toBe('Mine.');
    expect(schema.getType('RuleMatchInput')?.description).toBe('A rule match, as it is sent.');
    const args = schema.getQueryType()?.getFields()['a']?.args;
    expect(args?.map(({ description }) => description)).toEqual([
      'Own.',
      'Cursor of the item to read on after.',
      undefined,
    ]);
    expect(silent(schema)).toEqual(['AppleInput.a', 'RuleMatchInput.a', 'Query.a', 'Query.a(x)']);
  });
});
