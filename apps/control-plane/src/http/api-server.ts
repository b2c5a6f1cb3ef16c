import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
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
import type { HttpServer } from './http-server.js';
import { readinessOf } from './readiness.js';

export interface ApiServerOptions {
  readonly config: Config;
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  readonly ping: () => Promise<void>;
  readonly logger: Logger;
}

const interfaces = [createRestModule, createGraphqlModule, createWebhookModule];

@Module({})
class ApiModule {}

/** REST, GraphQL, webhooks, health and the API reference on one port. */
export async function startApiServer(options: ApiServerOptions): Promise<HttpServer> {
  const { config, useCases, authenticate, ping, logger } = options;
  const shared = {
    useCases,
    authenticate,
    loginProviders: config.identityProviders.flatMap(({ name, issuer, clientId }) =>
      clientId === undefined ? [] : [{ name, issuer, clientId }],
    ),
    readiness: readinessOf(ping),
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
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, stop: () => app.close() };
}
