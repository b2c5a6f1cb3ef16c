import { GraphQLError, Kind, type FieldNode, type ValidationRule } from 'graphql';
import { listFields } from './list-fields.js';
import { isAboutSchema, measureSelection } from './selection-walk.js';

/** The longest page; assumed where `first` is a variable, whose value is not known yet. */
const longestPage = 200;
const usualPage = 50;

/** `clusters` is also a plain list of names, which has nothing below it. */
function itemsOf(field: FieldNode, lists: ReadonlySet<string>): number {
  if (!lists.has(field.name.value) || field.selectionSet === undefined) return 1;
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (first === undefined || first.kind === Kind.NULL) return usualPage;
  return first.kind === Kind.INT ? Math.max(1, Number(first.value)) : longestPage;
}

const sum = (parts: readonly number[]): number => parts.reduce((a, b) => a + b, 0);

/** Refuses operations that may give more than `limit` fields, pages taken as full. */
export const costLimit =
  (limit: number): ValidationRule =>
  (context) => {
    const lists = listFields(context.getSchema());
    return {
      OperationDefinition(operation) {
        const cost = measureSelection(
          operation.selectionSet,
          (name) => context.getFragment(name),
          (field, below) => (isAboutSchema(field) ? 0 : 1 + itemsOf(field, lists) * below),
          sum,
        );
        if (cost <= limit) return;
        context.reportError(
          new GraphQLError(
            `The operation may give ${cost} fields; ${limit} are allowed. Ask for shorter pages or fewer fields.`,
            { nodes: operation },
          ),
        );
      },
    };
  };
