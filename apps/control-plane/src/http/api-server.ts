import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Tracing } from '@spillway/adapter-telemetry';
import type { Authenticate, Logger, UseCases } from '@spillway/application';
import { createGraphqlModule, isRollbackRequest } from '@spillway/interface-graphql';
import {
  configureHttp,
  createRestModule,
  httpAdapter,
  standardHttpSettings,
  type HttpSettings,
} from '@spillway/interface-rest';
import { createWebhookModule } from '@spillway/interface-webhook';
import type { Config } from '../config/load-config.js';
import type { Health } from '../health/health.js';
import type { HttpServer } from './http-server.js';
import type { OperatorRoute } from './operator-route.js';

export interface ApiServerOptions {
  readonly config: Config;
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  readonly health: Health;
  readonly routes: ReadonlyMap<string, OperatorRoute>;
  readonly logger: Logger;
  /** Told of each request, with the trace that its sender is in. */
  readonly onRequest: Tracing['request'];
}

const interfaces = [createRestModule, createGraphqlModule, createWebhookModule];

@Module({})
class ApiModule {}

/** REST, GraphQL, webhooks, health and the API reference on one port. */
export async function startApiServer(options: ApiServerOptions): Promise<HttpServer> {
  const { config, useCases, authenticate, health, logger } = options;
  const shared = {
    useCases,
    authenticate,
    loginProviders: config.identityProviders.flatMap(({ name, issuer, clientId }) =>
      clientId === undefined ? [] : [{ name, issuer, clientId }],
    ),
    readiness: () => health.ready(),
    mostStreams: Math.floor(config.http.maxConnections * 0.8),
    logger,
    corsOrigins: config.http.corsOrigins,
    ...config.graphql,
  };
  const settings: HttpSettings = {
    ...standardHttpSettings,
    ...config.http,
    isRollback: (path, body) => path === '/graphql' && isRollbackRequest(body),
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: ApiModule, imports: interfaces.map((create) => create(shared)) },
    httpAdapter(settings),
    { logger: false, abortOnError: false, bodyParser: false },
  );
  await configureHttp(app, settings);
  serve(app, options.routes);
  if (options.onRequest !== undefined) tellOfRequests(app, options.onRequest);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, stop: () => app.close() };
}

/** Beside the API, so that neither its document nor its clients know of them. */
function serve(app: NestFastifyApplication, routes: ApiServerOptions['routes']): void {
  const server = app.getHttpAdapter().getInstance();
  for (const [path, route] of routes) {
    server.get(path, async ({ headers: { authorization, host } }, reply) => {
      const { status, headers, body } = await route({ authorization, host });
      return reply.code(status).headers(headers).send(body);
    });
  }
}

function tellOfRequests(
  app: NestFastifyApplication,
  tell: NonNullable<ApiServerOptions['onRequest']>,
): void {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', ({ headers: { traceparent } }, _reply, done) =>
    tell(typeof traceparent === 'string' ? traceparent : undefined, done),
  );
}
