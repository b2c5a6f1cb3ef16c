import { GraphQLError, type ValidationRule } from 'graphql';
import { isAboutSchema, measureSelection } from './selection-walk.js';

const deepest = (parts: readonly number[]): number => parts.reduce((a, b) => Math.max(a, b), 0);

/** Refuses operations whose fields lie deeper in each other than `limit`. */
export const depthLimit =
  (limit: number): ValidationRule =>
  (context) => ({
    OperationDefinition(operation) {
      const depth = measureSelection(
        operation.selectionSet,
        (name) => context.getFragment(name),
        (field, below) => (isAboutSchema(field) ? 0 : 1 + below),
        deepest,
      );
      if (depth <= limit) return;
      context.reportError(
        new GraphQLError(`The operation is ${depth} fields deep; ${limit} are allowed.`, {
          nodes: operation,
        }),
      );
    },
  });
