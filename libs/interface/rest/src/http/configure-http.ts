import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from '../openapi/document.js';
import { readBodies } from './bodies.js';
import { guardConnections } from './client-errors.js';
import { answerJson } from './entity-tag.js';
import { standardHttpSettings, type HttpSettings } from './http-settings.js';
import { negotiate } from './negotiation.js';
import { serveProblemGuide } from './problem-guide.js';
import { limitFailedLogins, limitTokens } from './rate-limit.js';
import { giveRequestId } from './request-id.js';
import { setSecurityHeaders } from './security-headers.js';

/**
 * What holds for every request, and the reference under `/api/v1/docs`. To be
 * called before the application listens. Everything it serves comes from the
 * process itself: the reference works without a network.
 */
export async function configureHttp(
  app: NestExpressApplication,
  settings: HttpSettings = standardHttpSettings,
): Promise<void> {
  guardConnections(app.getHttpServer() as Server, settings);
  app.disable('x-powered-by');
  app.set('trust proxy', [...settings.trustedProxies]);
  app.use(giveRequestId);
  app.use(answerJson);
  app.use(setSecurityHeaders);
  allowOrigins(app, settings.corsOrigins);
  app.use(limitFailedLogins(settings));
  app.use(negotiate);
  app.use(serveProblemGuide);
  readBodies(app);
  // After the bodies: an operation of GraphQL that takes traffic back is known by what it asks.
  app.use(limitTokens(settings));
  const document = await openApiDocument();
  SwaggerModule.setup('api/v1/docs', app, document, {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Spillway API',
    swaggerOptions: { validatorUrl: null, displayOperationId: true },
  });
}

/** Pages of other origins may read answers with a token that they have; there are no cookies to borrow. */
function allowOrigins(app: NestExpressApplication, origins: readonly string[]): void {
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
