import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '../openapi/document.js';
import { SparseAnswers } from '../sparse/sparse-answers.js';
import { readBodies } from './bodies.js';
import { guardConnections } from './client-errors.js';
import { answerTagged } from './entity-tag.js';
import { standardHttpSettings, type HttpSettings } from './http-settings.js';
import { negotiate } from './negotiation.js';
import { serveProblemGuide } from './problem-guide.js';
import { limitFailedLogins, limitTokens } from './rate-limit.js';

/**
 * What holds for every request, and the reference under `/api/v1/docs`. To be called before the
 * application listens, of one that was made with `httpAdapter` and without Nest’s body parser.
 * Everything it serves comes from the process itself: the reference works without a network.
 */
export async function configureHttp(
  app: NestFastifyApplication,
  settings: HttpSettings = standardHttpSettings,
): Promise<void> {
  guardConnections(app.getHttpServer() as Server, settings);
  allowOrigins(app, settings.corsOrigins);
  const server = app.getHttpAdapter().getInstance();
  const document = await openApiDocument();
  addHooks(server, settings, new SparseAnswers(document));
  readBodies(server);
  serveProblemGuide(server);
  SwaggerModule.setup('api/v1/docs', app, document, {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Spillway API',
    swaggerOptions: { validatorUrl: null, displayOperationId: true },
  });
}

function addHooks(server: FastifyInstance, settings: HttpSettings, sparse: SparseAnswers): void {
  const { pass, note } = limitFailedLogins(settings);
  server.addHook('onRequest', pass);
  server.addHook('onRequest', (request, _, done) => {
    negotiate(request);
    done();
  });
  // After the bodies: an operation of GraphQL that takes traffic back is known by what it asks.
  const limit = limitTokens(settings);
  if (limit !== undefined) server.addHook('preHandler', limit);
  server.addHook('preHandler', (request, _, done) => {
    sparse.take(request);
    done();
  });
  server.addHook('preSerialization', (request, reply, view, done) => {
    answerTagged(request, reply, view);
    done(null, sparse.of(request, reply.statusCode, view));
  });
  server.addHook('onResponse', note);
}

/** Pages of other origins may read answers with a token that they have; there are no cookies to borrow. */
function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposedHeaders: [
      'ETag',
      'Location',
      'RateLimit-Limit',
      'RateLimit-Policy',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  });
}
