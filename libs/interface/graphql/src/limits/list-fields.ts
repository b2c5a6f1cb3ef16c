import { getNamedType, isObjectType, type GraphQLSchema } from 'graphql';

const known = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** Names of the fields that give a page of items: all that take `first`. */
export function listFields(schema: GraphQLSchema): ReadonlySet<string> {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ args }) => args.some(({ name }) => name === 'first'))
    .filter(({ type }) => getNamedType(type).name.endsWith('Connection'));
  const names = new Set(fields.map(({ name }) => name));
  known.set(schema, names);
  return names;
}
