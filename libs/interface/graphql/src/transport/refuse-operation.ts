import type { Caller } from '@spillway/application';
import { refusal, type Refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import { GraphQLError, Kind, visit, BREAK, type DocumentNode } from 'graphql';
import type { GraphqlOptions } from '../options.js';

type Rules = Pick<GraphqlOptions, 'introspection' | 'safelist'>;

const schemaFields = new Set(['__schema', '__type']);

/** Everybody may ask for `__typename`. */
function isIntrospection(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      found = schemaFields.has(name.value);
      return found ? BREAK : undefined;
    },
  });
  return found;
}

/** Why this caller may not send this operation, though it is correct. */
function why(
  { introspection = 'callers', safelist }: Rules,
  { source, document, caller }: Sent,
): Refusal | undefined {
  if (safelist !== undefined && !safelist.has(source)) {
    return refusal(
      'FORBIDDEN',
      'The operation is not on the list of this server.',
      'Send an operation that was built into your application; its text must be the same to the byte.',
    );
  }
  const isAllowed =
    introspection === 'callers' || (introspection === 'roles' && caller.grants.length > 0);
  if (isAllowed || !isIntrospection(document)) return undefined;
  return refusal(
    'FORBIDDEN',
    'The schema may not be asked for here.',
    'Read it in schema.graphql of this version of Spillway.',
  );
}

export interface Sent {
  readonly source: string;
  readonly document: DocumentNode;
  readonly caller: Caller;
}

export function refuseOperation(rules: Rules, sent: Sent): GraphQLError | undefined {
  const refused = why(rules, sent);
  if (refused === undefined) return undefined;
  return new GraphQLError(refused.message, {
    originalError: new Refused(refused),
    extensions: { http: { status: 403 } },
  });
}
