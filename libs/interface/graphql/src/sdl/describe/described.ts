import { problemKind } from '@spillway/interface-problem';
import { errorCodes } from '@spillway/kernel';
import {
  Kind,
  parse,
  print,
  visit,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';
import { argumentDescriptions, ownArguments } from './arguments.js';
import { moreValueDescriptions } from './more-values.js';
import { typeDescriptions } from './types.js';
import { valueDescriptions } from './values.js';

const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...valueDescriptions,
  ...moreValueDescriptions,
  ErrorCode: Object.fromEntries(errorCodes.map((code) => [code, `${problemKind(code).title}.`])),
};

/** `RuleMatchInput` → `rule match` */
const words = (name: string, ending: string): string =>
  name
    .slice(0, -ending.length)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

const withArticle = (what: string): string => `${/^[aeiou]/.test(what) ? 'An' : 'A'} ${what}`;

/** What the names of types tell. */
function byName(name: string): string | undefined {
  if (name.endsWith('Payload')) return `What came of it: the ${words(name, 'Payload')}.`;
  if (name.endsWith('Result')) return `The ${words(name, 'Result')}, or why not.`;
  if (name.endsWith('Input')) return `${withArticle(words(name, 'Input'))}, as it is sent.`;
  return undefined;
}

type Described = { readonly description?: StringValueNode | undefined };

const describe = <Node extends Described>(node: Node, text: string | undefined): Node =>
  node.description !== undefined || text === undefined
    ? node
    : { ...node, description: { kind: Kind.STRING, value: text } };

const ofType = (name: string): string | undefined => typeDescriptions[name] ?? byName(name);

/** `[ClusterInput!]!` → `ClusterInput` */
const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

function ofArgument(place: string, { name, type }: InputValueDefinitionNode): string | undefined {
  const own = ownArguments[`${place}.${name.value}`];
  if (own !== undefined) return own;
  return nameOf(type).endsWith('Input') ? 'As it is to be.' : argumentDescriptions[name.value];
}

const withArguments =
  (type: string) =>
  (field: FieldDefinitionNode): FieldDefinitionNode => {
    const place = `${type}.${field.name.value}`;
    const args = field.arguments?.map((argument) =>
      describe(argument, ofArgument(place, argument)),
    );
    return args === undefined ? field : { ...field, arguments: args };
  };

const withFields = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(
  node: Node,
): Node =>
  node.fields === undefined
    ? node
    : { ...node, fields: node.fields.map(withArguments(node.name.value)) };

const withValues = (node: EnumTypeDefinitionNode): EnumTypeDefinitionNode => {
  const known: Readonly<Record<string, string>> = values[node.name.value] ?? {};
  return {
    ...describe(node, ofType(node.name.value)),
    values: (node.values ?? []).map((value) => describe(value, known[value.name.value])),
  };
};

/**
 * Says what every type, value and argument means that does not say so where it is defined:
 * of most the name tells, and what a page is need not be written forty times.
 */
export const described = (sdl: string): string =>
  print(
    visit(parse(sdl), {
      ObjectTypeDefinition: (node) => withFields(describe(node, ofType(node.name.value))),
      ObjectTypeExtension: withFields,
      InputObjectTypeDefinition: (node) => describe(node, ofType(node.name.value)),
      UnionTypeDefinition: (node) => describe(node, ofType(node.name.value)),
      EnumTypeDefinition: withValues,
    }),
  );
