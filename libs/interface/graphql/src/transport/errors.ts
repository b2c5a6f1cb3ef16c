import { randomUUID } from 'node:crypto';
import { refusal, type Refusal } from '@spillway/kernel';
import { Refused, refusalIn, toExtensions, unforeseen } from '@spillway/interface-problem';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GraphqlLogger } from '../options.js';

/** Libraries wrap errors in errors; the innermost is what was thrown. */
const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined
    ? causeOf(error.originalError)
    : error;

/** What was wrong with the operation itself, in the words of the library that found it. */
const ofOperation = (thrown: unknown, { message, path }: GraphQLFormattedError) =>
  thrown instanceof GraphQLError && path === undefined
    ? refusal(
        'INVALID_INPUT',
        message,
        'Correct the operation; schema.graphql has all that can be asked for.',
      )
    : undefined;

/**
 * What callers are told of an error. What is none of their business goes to the
 * log, under an id that they are given.
 */
export const errorFormatter =
  (logger: GraphqlLogger) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const thrown = causeOf(error);
    const foreseen = refusalIn(thrown) ?? ofOperation(thrown, formatted);
    if (foreseen !== undefined) return told(formatted, foreseen, protocolCode(formatted));
    const requestId = randomUUID();
    const fields = { err: thrown, requestId, path: formatted.path };
    logger.error(fields, 'a GraphQL field went wrong in an unforeseen way');
    return told(formatted, unforeseen(requestId));
  };

/** A code by which client libraries go on: they send the text after it. */
const protocolCode = ({ extensions }: GraphQLFormattedError): object =>
  extensions?.['code'] === 'PERSISTED_QUERY_NOT_FOUND' ? { code: extensions['code'] } : {};

const told = (
  formatted: GraphQLFormattedError,
  foreseen: Refusal,
  code = {},
): GraphQLFormattedError => ({
  message: foreseen.message,
  ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
  ...(formatted.path === undefined ? {} : { path: formatted.path }),
  extensions: { ...toExtensions(foreseen), ...code },
});

/** For who has no token: an error that carries its HTTP status to Apollo. */
export const noToken = (): GraphQLError => {
  const refused = refusal(
    'UNAUTHENTICATED',
    'The request has no token that is valid here.',
    'Send "Authorization: Bearer <token>" with a token of this server.',
  );
  const headers = new Map([['www-authenticate', 'Bearer realm="spillway"']]);
  return new GraphQLError(refused.message, {
    originalError: new Refused(refused),
    extensions: { http: { status: 401, headers } },
  });
};

/** For who has more going on at once than there is room for. */
export const tooManyStreams = (): GraphQLError => {
  const refused = refusal(
    'RATE_LIMITED',
    'Too many operations are open at once.',
    'Complete one of them first, or subscribe to all releases at once with releasesChanged.',
  );
  return new GraphQLError(refused.message, { originalError: new Refused(refused) });
};
