import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from '../openapi/document.js';
import { giveRequestId } from './request-id.js';
import { setSecurityHeaders } from './security-headers.js';

const megabyte = 1_048_576;

/**
 * What holds for every request, and the reference under `/api/v1/docs`. To be
 * called before the application listens. Everything it serves comes from the
 * process itself: the reference works without a network.
 */
export async function configureHttp(app: NestExpressApplication): Promise<void> {
  app.disable('x-powered-by');
  app.use(giveRequestId);
  app.use(setSecurityHeaders);
  app.useBodyParser('json', { limit: megabyte });
  const document = await openApiDocument();
  SwaggerModule.setup('api/v1/docs', app, document, {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Spillway API',
    swaggerOptions: { validatorUrl: null, displayOperationId: true },
  });
}
