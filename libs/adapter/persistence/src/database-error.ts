import { isNativeError } from 'node:util/types';
import { CodedError } from '@spillway/kernel';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** SQLSTATEs of a server that has no room or gave up waiting, and the system's words for no connection. */
const unavailable = new Set(
  (
    '40001 40P01 53300 55P03 57014 57P03 25P03 ' +
    'ECONNREFUSED ETIMEDOUT EHOSTUNREACH ENOTFOUND EAI_AGAIN'
  ).split(' '),
);
/** Of a server that is going, or takes no writes (any more): another connection may lead to another one. */
const lostConnection = new Set(
  (
    '25006 57P01 57P02 57P05 ' +
    'ECONNRESET ECONNABORTED EPIPE ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END'
  ).split(' '),
);
const lostConnectionText = /connection terminated|not queryable/i;
/** The driver has no codes for these. */
const unavailableText = /timeout e(?:xceeded|xpired)|read timeout/i;
/** Wrong password, unknown user or database. */
const misconfigured = new Set(['28P01', '28000', '3D000']);
/** U+0000 and lone surrogates, which a JavaScript string may hold and Postgres may not. */
const unstorable = new Set(['22021', '22P05']);
/** Serialization failure, deadlock; a key or a row that another transaction made or took away meanwhile. */
const lostRaces = new Set(['40001', '40P01', '23505', '23503']);

/** Whether doing the whole transaction again may end otherwise. */
export const isLostRace = (error: unknown): boolean => lostRaces.has(codeOf(error));

/** Whether the connection is of no use any more, and another may do: what was not committed is rolled back. */
export const isLostConnection = (error: unknown): boolean => {
  const code = codeOf(error);
  return (
    lostConnection.has(code) ||
    code.startsWith('08') ||
    isReleased(error) ||
    (isNativeError(error) && lostConnectionText.test(error.message))
  );
};

/** The library lets go of a connection that broke between two statements, and says so by one or the other. */
const isReleased = (error: unknown): boolean =>
  error instanceof QueryRunnerAlreadyReleasedError ||
  error instanceof QueryRunnerProviderAlreadyReleasedError;

const noWrites = 'the server takes no writes: it is a standby, or was made read-only';

/** What the first write would be answered over this connection, said before anything was read. */
export class TakesNoWrites extends Error {
  readonly code = '25006';

  constructor() {
    super(noWrites);
  }
}

/** The next connection would lead there too, for now: "cannot connect now", as a server says that is starting. */
export class StandbyRefused extends Error {
  readonly code = '57P03';

  constructor() {
    super(noWrites);
  }
}

/** Whether the connection is open and the server says nothing; the driver has no code for it. */
export const isUnanswered = (error: unknown): boolean =>
  isNativeError(error) && /read timeout/i.test(error.message);

/** The error that leaves this package. What is not the database's is given back as it is. */
export function asCodedError(error: unknown): unknown {
  if (!isNativeError(error) || error instanceof CodedError) return error;
  const code = codeOf(error);
  if (isUnavailable(error, code)) return databaseUnavailable(error);
  if (misconfigured.has(code)) return refusedLogin(error);
  if (unstorable.has(code)) return unstorableText(error);
  if (constraintOf(error) === 'releases_one_running_idx') return serviceBusy(error);
  return error;
}

const isUnavailable = (error: Error, code: string): boolean =>
  unavailable.has(code) || unavailableText.test(error.message) || isLostConnection(error);

const codeOf = (error: unknown): string => textField(error, 'code');
const constraintOf = (error: unknown): string => textField(error, 'constraint');

function textField(error: unknown, name: string): string {
  const value = (error as Partial<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

const databaseUnavailable = (cause: Error): CodedError =>
  new CodedError(
    'DATABASE_UNAVAILABLE',
    `The database did not answer: ${cause.message || codeOf(cause)}.`,
    'Try again; if it lasts, check that Postgres runs and can be reached from here.',
    { cause },
  );

const refusedLogin = (cause: Error): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    `The database refused the login: ${cause.message}.`,
    'Correct user, password and database name in the database URL.',
    { cause },
  );

const unstorableText = (cause: Error): CodedError =>
  new CodedError(
    'INVALID_INPUT',
    `A text holds a character that cannot be stored: ${cause.message}.`,
    'Remove U+0000 and unpaired surrogates from it.',
    { cause },
  );

const serviceBusy = (cause: Error): CodedError =>
  new CodedError(
    'SERVICE_BUSY',
    'The service has a release that has not ended.',
    'Wait until it ends, or abort it.',
    { cause },
  );
