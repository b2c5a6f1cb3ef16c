import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Caller } from '@spillway/application';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, type Context, type Disposable } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import {
  GRAPHQL_OPTIONS,
  GRAPHQL_PATH,
  type GraphqlContext,
  type GraphqlOptions,
} from '../options.js';
import { callerOf, isSameCaller } from './caller-of.js';
import { errorFormatter, noToken, tooManyStreams } from './errors.js';
import { isForeignPage } from './foreign-page.js';
import { prepareOperation, type Operation } from './prepare-operation.js';
import { runOperation } from './run-operation.js';

/** What a client may send as its first message. */
type Hello = { authorization?: unknown; Authorization?: unknown };
type Connection = Context<Hello, Extra>;

/** Longer messages are no operations. The library would take 100 MB from anybody. */
const longestMessage = 65_536;

/** On one connection at a time; a page that shows more subscribes to all releases instead. */
const mostOperations = 50;

/**
 * Subscriptions over graphql-ws. Nest’s own server for them neither limits what
 * is sent before anybody has said who he is, nor hides what errors say.
 */
@Injectable()
export class SubscriptionServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: Disposable | undefined;

  constructor(
    @Inject(GRAPHQL_OPTIONS) private readonly options: GraphqlOptions,
    @Inject(GraphQLSchemaHost) private readonly host: GraphQLSchemaHost,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage });
    const format = errorFormatter(this.options.logger);
    const formatAll = (errors: readonly GraphQLError[]) =>
      errors.map((error) => format(error.toJSON(), error));
    this.server = useServer<Hello>(
      {
        onConnect: async (connection) => (await this.callerOf(connection)) !== undefined,
        onSubscribe: (connection, _id, operation) => this.prepare(connection, operation),
        execute: (args) => runOperation(args, this.options.timeoutMs),
        onError: (_context, _id, _payload, errors) => formatAll(errors),
        onNext: async (connection, _id, _payload, args, { errors, data = null }) => {
          const { caller } = args.contextValue as GraphqlContext;
          if (isSameCaller(caller, await this.callerOf(connection))) {
            return errors === undefined ? undefined : { data, errors: formatAll(errors) };
          }
          // A token that is revoked meanwhile, or may do something else, hears nothing more.
          connection.extra.socket.close(CloseCode.Forbidden, 'Forbidden');
          return { data: null, errors: formatAll([noToken()]) };
        },
      },
      sockets,
    );
    const server = this.http.httpAdapter.getHttpServer() as Server;
    const { mostStreams = Infinity, corsOrigins = [] } = this.options;
    server.on('upgrade', (request, socket, head) => {
      if (isForeignPage(request, corsOrigins)) refuse(socket, foreign);
      else if (sockets.clients.size >= mostStreams) refuse(socket, noRoom);
      else upgrade(sockets, request, socket, head);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.dispose();
  }

  /** Asked again for each operation: a token may have been revoked since the socket was opened. */
  private async prepare(connection: Connection, operation: Operation) {
    if (Object.keys(connection.subscriptions).length > mostOperations) return [tooManyStreams()];
    const caller = await this.callerOf(connection);
    if (caller === undefined) return [noToken()];
    const prepared = prepareOperation(this.options, this.host.schema, operation, caller);
    return prepared as ExecutionArgs | GraphQLError[];
  }

  /** Browsers cannot set headers on a socket, so the token may come in the first message. */
  private callerOf({ connectionParams, extra }: Connection): Promise<Caller | undefined> {
    const sent = connectionParams?.authorization ?? connectionParams?.Authorization;
    const { headers, socket } = extra.request;
    const asked = { id: randomUUID(), headers, ip: socket.remoteAddress };
    return callerOf(this.options, asked, typeof sent === 'string' ? sent : undefined);
  }
}

/** Said to who asks for another protocol, or for this one at another address. */
const noUpgrade = [
  'HTTP/1.1 404 Not Found',
  'Connection: close',
  'Content-Type: text/plain',
  '',
  `WebSockets are served at ${GRAPHQL_PATH} only. Send requests without "Upgrade".`,
].join('\r\n');

/** Said to a page that may not read answers either. */
const foreign = [
  'HTTP/1.1 403 Forbidden',
  'Connection: close',
  'Content-Type: text/plain',
  '',
  'Pages of this origin may not open sockets. Name the origin in SPILLWAY_CORS_ORIGINS.',
].join('\r\n');

/** Said when as many sockets are open as may be. */
const noRoom = [
  'HTTP/1.1 503 Service Unavailable',
  'Connection: close',
  'Retry-After: 5',
  'Content-Type: text/plain',
  '',
  'All sockets of this process are taken. Try again in some seconds.',
].join('\r\n');

function refuse(socket: Duplex, answer: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(answer, () => socket.destroy());
}

/** Node hands the socket over as it is: an error that nobody listens to would end the process. */
function upgrade(
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const [path] = (request.url ?? '').split('?');
  if (path !== GRAPHQL_PATH || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    refuse(socket, noUpgrade);
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) => {
    sockets.emit('connection', opened, request);
  });
}
