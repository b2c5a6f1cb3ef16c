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
import { identify } from '@spillway/interface-contract';
import { specifiedRules, validate, type GraphQLError } from 'graphql';
import type { Context, Disposable } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { limits } from '../limits/index.js';
import {
  GRAPHQL_OPTIONS,
  GRAPHQL_PATH,
  type GraphqlContext,
  type GraphqlOptions,
} from '../options.js';
import { errorFormatter } from './errors.js';

/** What a client may send as its first message. */
type Hello = { authorization?: unknown; Authorization?: unknown };
type Connection = Context<Hello, Extra>;

/** Longer messages are no operations. The library would take 100 MB from anybody. */
const longestMessage = 65_536;

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
        schema: this.host.schema,
        validate: (schema, document) => validate(schema, document, [...specifiedRules, ...limits]),
        onConnect: (connection) => this.actorOf(connection) !== undefined,
        context: (connection): GraphqlContext => ({
          caller: { actor: this.actorOf(connection) ?? '' },
        }),
        onError: (_context, _id, _payload, errors) => formatAll(errors),
        onNext: (_context, _id, _payload, _args, { errors, data = null }) =>
          errors === undefined ? undefined : { data, errors: formatAll(errors) },
      },
      sockets,
    );
    const server = this.http.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request, socket, head) => upgrade(sockets, request, socket, head));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server?.dispose();
  }

  /** Browsers cannot set headers on a socket, so the token may come in the first message. */
  private actorOf({ connectionParams, extra }: Connection): string | undefined {
    const sent = connectionParams?.authorization ?? connectionParams?.Authorization;
    const header = extra.request.headers.authorization;
    return identify(this.options.tokens, typeof sent === 'string' ? sent : header);
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

/** Node hands the socket over as it is: an error that nobody listens to would end the process. */
function upgrade(
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const [path] = (request.url ?? '').split('?');
  if (path !== GRAPHQL_PATH || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    socket.on('error', () => socket.destroy());
    socket.end(noUpgrade, () => socket.destroy());
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) => {
    sockets.emit('connection', opened, request);
  });
}
