import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { componentSchemas } from '@spillway/interface-contract';
import { controllers } from '../controllers.js';
import { completed } from './completed.js';
import { EventStreams } from '../http/event-stream.js';
import { REST_OPTIONS, USE_CASES } from '../options.js';

/** Nest’s types know OpenAPI 3.0; the schemas are JSON Schema 2020-12, as 3.1 wants. */
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const about = `Spillway releases new versions of mesh services: it decides, step by step and cluster by cluster, how much traffic a version gets, judges the result, and takes the traffic back.

Send a service token: \`Authorization: Bearer <token>\`. Every answer that says no is a problem body (RFC 9457) with a stable \`code\` and the \`next\` step. Lists give \`next\` as long as there is more; send it as \`cursor\`.`;

/** What controllers ask for; in a preview none of them is made. */
const absent = [USE_CASES, REST_OPTIONS, EventStreams].map((provide) => ({
  provide,
  useValue: undefined,
}));

/** Only the routes: a document is made without a database, a cluster or a token. */
@Module({ controllers: [...controllers], providers: absent })
class RoutesModule {}

/** The OpenAPI 3.1 document of the REST interface. The same code gives the same bytes. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(RoutesModule, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const document = describe(app);
  await app.close();
  return document;
}

function describe(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Spillway')
    .setDescription(about)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addTag('clusters', 'Kubernetes clusters whose API server holds Istio configuration.')
    .addTag('services', 'Mesh services that can be released.')
    .addTag('strategies', 'Templates of how a release gets its traffic.')
    .addTag('releases', 'Releases, what to tell them, and their history.')
    .addTag('gates', 'Approvals, and gates that are opened by hand.')
    .addTag('freeze windows', 'Times in which candidates get no more traffic.')
    .addTag('egress', 'What the workloads of a namespace may reach outside the mesh.')
    .addTag('sources', 'Metrics backends beside the clusters’ own, and the secrets to log in with.')
    .addTag('measurements', 'What people measure themselves.')
    .addTag('webhooks', 'Addresses at which CI systems tell what was deployed.')
    .addTag('rules', 'What makes a release of a delivery.')
    .addTag('deliveries', 'What came in to webhooks, and what goes out to notification endpoints.')
    .addTag('access', 'Tokens, members, roles, and who changed what.')
    .addTag('health', 'For whoever runs the process.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A service token.' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  return completed({
    ...document,
    components: { ...document.components, schemas: componentSchemas() as Schemas },
  });
}
