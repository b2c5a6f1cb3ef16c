import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Dice } from '../../simulation/dice.js';
import { oddJson, oddNumber, oddText, oddWhole } from './odd-values.js';

export interface SomeOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const deepest = 4;
const widest = 4;

/** Operations that fit the schema, with arguments that fit their types and nothing else. */
export class SomeOperations {
  private variables: Record<string, unknown> = {};
  private declared: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly ids: readonly string[],
  ) {}

  next(kind: 'query' | 'mutation' | 'subscription'): SomeOperation {
    this.variables = {};
    this.declared = [];
    const root = this.root(kind);
    const fields = this.some(Object.values(root.getFields()), kind === 'query' ? 2 : 1);
    const selection = fields.map((field, index) => `f${index}: ${this.field(field, deepest)}`);
    const declared = this.declared.length === 0 ? '' : ` (${this.declared.join(', ')})`;
    return {
      query: `${kind} Some${declared} { ${selection.join(' ')} }`,
      variables: this.variables,
    };
  }

  private root(kind: 'query' | 'mutation' | 'subscription'): GraphQLObjectType {
    const roots = {
      query: this.schema.getQueryType(),
      mutation: this.schema.getMutationType(),
      subscription: this.schema.getSubscriptionType(),
    };
    const root = roots[kind];
    if (root === null || root === undefined) throw new Error(`the schema has no ${kind}`);
    return root;
  }

  /** At least one, at most so many. */
  private some<T>(of: readonly T[], most: number): readonly T[] {
    const count = 1 + this.dice.under(Math.min(most, of.length));
    return [...new Set(Array.from({ length: count }, () => this.dice.one(of)))];
  }

  private field({ name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
    const given = args
      .filter((arg) => isNonNullType(arg.type) || this.dice.next() < 0.5)
      .map((arg) => `${arg.name}: ${this.variable(arg.type)}`);
    const list = given.length === 0 ? '' : `(${given.join(', ')})`;
    return `${name}${list}${this.selection(type, depth - 1)}`;
  }

  private selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return '';
    if (isUnionType(named) || !isObjectType(named)) {
      const possible = this.schema.getPossibleTypes(named);
      return ` { __typename ${possible.map((one, index) => this.part(one, index, depth)).join(' ')} }`;
    }
    return ` { __typename ${this.fields(named, depth)} }`;
  }

  /** Fields of one name may be of several types: each gets a name of its own. */
  private part(type: GraphQLObjectType, index: number, depth: number): string {
    return `... on ${type.name} { ${this.fields(type, depth, `p${index}_`)} }`;
  }

  private fields(type: GraphQLObjectType, depth: number, prefix = ''): string {
    const all = Object.values(type.getFields());
    const flat = all.filter((field) => !isCompositeType(getNamedType(field.type)));
    const chosen = this.some(depth > 0 ? all : flat.length > 0 ? flat : all.slice(0, 1), widest);
    return chosen
      .map((field, index) => `${prefix}a${index}: ${this.field(field, Math.max(depth, 1))}`)
      .join(' ');
  }

  private variable(type: GraphQLInputType): string {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${String(type)}`);
    this.variables[name] = this.value(type, 4);
    return `$${name}`;
  }

  private value(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.present(type.ofType, depth);
    return this.dice.next() < 0.1 ? null : this.present(type, depth);
  }

  private present(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.present(type.ofType, depth);
    if (isListType(type)) {
      const items = Array.from({ length: this.dice.under(4) });
      return items.map(() => this.value(type.ofType as GraphQLInputType, depth));
    }
    if (isEnumType(type)) return this.dice.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const wanted = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || (depth > 0 && this.dice.next() < 0.4),
      );
      return Object.fromEntries(
        wanted.map((field) => [field.name, this.value(field.type, depth - 1)]),
      );
    }
    return this.scalar(type.name);
  }

  private scalar(name: string): unknown {
    switch (name) {
      case 'Int':
        return oddWhole(this.dice);
      case 'Float':
        return oddNumber(this.dice);
      case 'Boolean':
        return this.dice.next() < 0.5;
      case 'String':
      case 'ID':
      case 'Moment':
        return oddText(this.dice, this.ids);
      default:
        return oddJson(this.dice, this.ids);
    }
  }
}
