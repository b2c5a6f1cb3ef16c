import { GraphQLError, OperationTypeNode, type ASTNode, type ValidationRule } from 'graphql';
import { measureSelection } from './selection-walk.js';

const tooMany = (what: string, count: number, limit: number, nodes: ASTNode): GraphQLError =>
  new GraphQLError(`The document has ${count} ${what}; ${limit} are allowed.`, { nodes });

/** Refuses documents with more aliases: each repeats a field, and the work behind it. */
export const aliasLimit =
  (limit: number): ValidationRule =>
  (context) => {
    let count = 0;
    return {
      Field(field) {
        if (field.alias !== undefined) count += 1;
      },
      Document: {
        leave(document) {
          if (count > limit) context.reportError(tooMany('aliases', count, limit, document));
        },
      },
    };
  };

/** Refuses documents with more directives, of which validation compares each with each. */
export const directiveLimit =
  (limit: number): ValidationRule =>
  (context) => {
    let count = 0;
    return {
      Directive() {
        count += 1;
      },
      Document: {
        leave(document) {
          if (count > limit) context.reportError(tooMany('directives', count, limit, document));
        },
      },
    };
  };

/** Refuses mutations that do more at once: each is a transaction of its own, one after the other. */
export const mutationLimit =
  (limit: number): ValidationRule =>
  (context) => ({
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.MUTATION) return;
      const count = measureSelection(
        operation.selectionSet,
        (name) => context.getFragment(name),
        () => 1,
        (parts) => parts.reduce((a, b) => a + b, 0),
      );
      if (count > limit) context.reportError(tooMany('mutations', count, limit, operation));
    },
  });
