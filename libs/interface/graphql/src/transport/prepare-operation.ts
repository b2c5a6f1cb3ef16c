import type { Caller } from '@spillway/application';
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { newContext } from '../context.js';
import { limits, mostTokens, refuseNesting } from '../limits/index.js';
import type { GraphqlOptions } from '../options.js';
import { refuseOperation } from './refuse-operation.js';

/** An operation as a client of a stream or a socket sends it. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

function parsed(query: string): DocumentNode | GraphQLError {
  const tooDeep = refuseNesting(query);
  if (tooDeep !== undefined) return tooDeep;
  try {
    return parse(query, { maxTokens: mostTokens });
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError('This is no GraphQL.');
  }
}

/** Where Apollo does not: checks all that it checks of a request, and what is to be executed. */
export function prepareOperation(
  options: GraphqlOptions,
  schema: GraphQLSchema,
  { query, operationName, variables }: Operation,
  caller: Caller,
): ExecutionArgs | readonly GraphQLError[] {
  const document = parsed(query);
  if (document instanceof GraphQLError) return [document];
  const errors = validate(schema, document, [...specifiedRules, ...limits]);
  if (errors.length > 0) return errors;
  const refused = refuseOperation(options, { source: query, document, caller });
  if (refused !== undefined) return [refused];
  if (getOperationAST(document, operationName) === null) {
    return [new GraphQLError('Say by operationName which operation of the document is meant.')];
  }
  return {
    schema,
    document,
    contextValue: newContext(options, caller),
    operationName,
    variableValues: variables,
  };
}
