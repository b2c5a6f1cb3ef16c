import { componentSchemas } from '@spillway/interface-contract';
import { printedSchema } from '@spillway/interface-graphql';
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** A field of the schema's roots, as an operation that asks for it. */
export interface RootField {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Every field of Query and Mutation, with the examples of the reference as arguments. */
export function rootFields(release: string): readonly RootField[] {
  const schema = buildSchema(printedSchema());
  return (['Query', 'Mutation'] as const).flatMap((root) =>
    Object.values(schema.getType(root) === undefined ? {} : fieldsOf(schema, root)).map((field) =>
      toRootField(root, field, release),
    ),
  );
}

const fieldsOf = (schema: GraphQLSchema, root: 'Query' | 'Mutation') =>
  (root === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};

function toRootField(
  root: 'Query' | 'Mutation',
  field: GraphQLField<unknown, unknown>,
  release: string,
): RootField {
  const wanted = field.args.filter(({ type }) => isNonNullType(type));
  const declared = wanted.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const given = wanted.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = declared === '' ? '' : `(${declared})`;
  const call = given === '' ? field.name : `${field.name}(${given})`;
  return {
    name: `${root}.${field.name}`,
    query: `${root.toLowerCase()} ${head} { ${call}${selection(field)} }`,
    variables: Object.fromEntries(
      wanted.map((arg) => [arg.name, valueOf(arg, field.name, release)]),
    ),
  };
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  return isUnionType(type) ? ' { __typename ... on Refused { code } }' : ' { __typename }';
}

/** Of what the examples speak: the input of a type is written like the document of that name. */
function valueOf({ name, type }: GraphQLArgument, field: string, release: string): unknown {
  const input = getNamedType(type).name;
  if (input.endsWith('Input')) return exampleOf(`${input.slice(0, -'Input'.length)}Document`);
  const texts: Readonly<Record<string, unknown>> = {
    ids: [release],
    measurements: (exampleOf('MeasurementsDocument') as { measurements?: unknown }).measurements,
    service: 'shop/catalog',
    step: 0,
    state: 'open',
    reason: 'Checkout is broken without it',
    value: 'the-text-of-the-key',
  };
  if (name in texts) return texts[name];
  if (name === 'id') return release;
  if (name === 'name' && /ervice/.test(field)) return 'shop/catalog';
  if (name === 'name' && /luster/.test(field)) return 'eu';
  if (name === 'name' && /gress/.test(field)) return 'shop';
  return 'canary-10';
}

function exampleOf(document: string): unknown {
  const schema = componentSchemas()[document] as
    { readonly examples?: readonly unknown[] } | undefined;
  return schema?.examples?.[0] ?? {};
}
