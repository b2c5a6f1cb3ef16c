import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '@spillway/application';
import { createHandler, type OperationArgs, type Request, type Response } from 'graphql-sse';
import {
  GraphQLError,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphqlOptions } from '../options.js';
import { callerOf, isSameCaller } from './caller-of.js';
import { errorFormatter, noToken, tooManyStreams } from './errors.js';
import { prepareOperation } from './prepare-operation.js';
import { runOperation } from './run-operation.js';

/** A reader that takes nothing for so long is gone; it is pinged every 12 seconds. */
const longestSilence = 60_000;

type Raw = {
  readonly request: FastifyRequest;
  readonly response: ServerResponse;
  readonly caller: Caller;
};

const json = { 'content-type': 'application/json; charset=utf-8' };

/**
 * Operations by server-sent events, in the protocol of graphql-sse with one stream for
 * each operation. Its other mode, where one stream is shared, keeps what it was told of
 * by other requests, and is not offered.
 */
export function streamHandler(options: GraphqlOptions, schema: GraphQLSchema) {
  const { mostStreams = Infinity } = options;
  const format = errorFormatter(options.logger);
  const formatAll = (errors: readonly GraphQLError[]) =>
    errors.map((error) => format(error.toJSON(), error));
  const handle = handlerOf(options, schema, formatAll);
  let open = 0;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const response = takenOver(reply);
    const refuse = (status: number, headers: object, error: GraphQLError): void => {
      response.writeHead(status, { ...json, ...headers });
      response.end(JSON.stringify({ errors: formatAll([error]) }));
    };
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end();
      return;
    }
    const caller = await callerOf(options, request);
    if (caller === undefined) {
      return refuse(401, { 'www-authenticate': 'Bearer realm="spillway"' }, noToken());
    }
    if (open >= mostStreams) return refuse(503, { 'retry-after': '5' }, tooManyStreams());
    open += 1;
    response.once('close', () => (open -= 1));
    try {
      await send(await handle(asRequest({ request, response, caller })), request, response);
    } catch (error) {
      // It has begun already: the last message says why there is no further one.
      const last = new GraphQLError('The stream broke off.', { originalError: error as Error });
      response.end(lastEvents({ errors: formatAll([last]) }));
    }
  };
}

/** With the headers that all answers have. */
function takenOver(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  return raw;
}

function handlerOf(
  options: GraphqlOptions,
  schema: GraphQLSchema,
  formatAll: (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[],
) {
  const formatResult = ({ errors, data = null }: ExecutionResult) =>
    errors === undefined ? undefined : { data, errors: formatAll(errors) };
  return createHandler<Raw, undefined>({
    // No token: that is what the other mode tells streams apart by.
    authenticate: () => null,
    execute: (args) => runOperation(args, options.timeoutMs),
    onSubscribe: ({ raw }, { query, operationName, variables }) => {
      const operation = { query, operationName, variables };
      const prepared = prepareOperation(options, schema, operation, raw.caller);
      if (!isErrors(prepared)) return prepared as OperationArgs;
      return [
        JSON.stringify({ errors: formatAll(prepared) }),
        { status: 400, statusText: 'Bad Request', headers: json },
      ];
    },
    // The library would read on and keep what a slow reader has not taken yet.
    onNext: async (_context, { raw: { request, response, caller } }, result) => {
      await drained(response);
      if (!isSameCaller(caller, await callerOf(options, request))) throw noToken();
      return formatResult(result as ExecutionResult) as typeof result | undefined;
    },
  });
}

const lastEvents = (result: object): string =>
  `event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`;

const isErrors = (prepared: object): prepared is readonly GraphQLError[] => Array.isArray(prepared);

/** Whatever it accepts: there is nothing but event streams at this address, and only by POST. */
const asRequest = (raw: Raw): Request<Raw, undefined> => ({
  method: 'POST',
  url: '/',
  headers: {
    get: (name) =>
      name === 'accept' ? 'text/event-stream' : (raw.request.headers[name] as string | undefined),
  },
  body: (raw.request.body ?? null) as Record<PropertyKey, unknown> | null,
  raw,
  context: undefined,
});

async function send(
  [body, { status, statusText, headers = {} }]: Response,
  request: FastifyRequest,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(status, statusText, headers);
  if (body === null || body === undefined || typeof body === 'string') {
    response.end(body ?? undefined);
    return;
  }
  giveUpSilent(request.socket, response);
  response.once('close', () => void body.return(undefined));
  for await (const text of body) {
    if (!response.writable) break;
    response.write(text);
    await drained(response);
  }
  response.end();
}

/** The connection may serve other requests after this one. */
function giveUpSilent(socket: Socket, response: ServerResponse): void {
  const giveUp = (): void => void socket.destroy();
  socket.setTimeout(longestSilence).once('timeout', giveUp);
  response.once('close', () => socket.setTimeout(0).off('timeout', giveUp));
}

/** Resolves when the reader has taken what it was sent, or is gone. */
async function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const controller = new AbortController();
  const { signal } = controller;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  controller.abort();
}
