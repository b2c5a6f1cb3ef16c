import { Kind, parse, type DefinitionNode, type SelectionNode } from 'graphql';
import { mostTokens } from './index.js';

/** Mutations that take traffic back to the stable version. */
const rollbacks = new Set(['abortRelease', 'rejectRelease', 'undoRelease', 'rollbackEgress']);

const isRollback = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && rollbacks.has(selection.name.value);

const doesNothingElse = (definition: DefinitionNode): boolean =>
  definition.kind === Kind.FRAGMENT_DEFINITION ||
  (definition.kind === Kind.OPERATION_DEFINITION &&
    definition.selectionSet.selections.every(isRollback));

/** Whether a request does nothing but take traffic back: no limit of requests may refuse it. */
export function isRollbackRequest(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('query' in body)) return false;
  if (typeof body.query !== 'string' || !/\b(?:abort|reject|undo|rollback)/.test(body.query))
    return false;
  try {
    return parse(body.query, { maxTokens: mostTokens }).definitions.every(doesNothingElse);
  } catch {
    return false;
  }
}
