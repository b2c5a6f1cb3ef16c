import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from './document.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Fields that say nothing of themselves, down to the last one. */
function silentIn(schema: Schema, path: string, said = schema.description ?? ''): string[] {
  if (schema.$ref !== undefined) return [];
  const fields = Object.entries(schema.properties ?? {});
  return [
    ...(said === '' ? [path] : []),
    ...fields.flatMap(([name, field]) => silentIn(field, `${path}.${name}`)),
    ...(schema.items === undefined ? [] : silentIn(schema.items, `${path}[]`, said)),
    ...(schema.anyOf ?? []).flatMap((one) => silentIn(one, path, said)),
  ];
}

let document: OpenAPIObject;
let routes: Route[];

beforeAll(async () => {
  document = await openApiDocument();
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      operation: operation as OperationObject,
    })),
  );
});

const where = ({ method, path }: Route): string => `${method} ${path}`;
const parametersOf = ({ operation }: Route) =>
  (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? [parameter] : []));

describe('openApiDocument', () => {
  it('is what is committed; run "npm run generate" when it is not', async () => {
    const committed = await readFile(
      new URL('../../../../../sdk/openapi.json', import.meta.url),
      'utf8',
    );
    expect(`${JSON.stringify(document, null, 2)}\n`).toBe(committed);
  });

  it('is the same each time', async () => {
    expect(JSON.stringify(await openApiDocument())).toBe(JSON.stringify(document));
  });

  it('gives every operation an id of its own, a summary, a description and a tag', () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    const silent = routes.filter(
      ({ operation: { summary = '', description = '', tags = [] } }) =>
        summary === '' || description === '' || tags.length === 0,
    );
    expect(silent.map(where)).toEqual([]);
  });

  it('declares and describes every parameter of every address', () => {
    for (const route of routes) {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parametersOf(route).filter((parameter) => parameter.in === 'path');
      expect([where(route), declared.map(({ name }) => name)]).toEqual([where(route), inPath]);
      const silent = parametersOf(route).filter(({ description = '' }) => description === '');
      expect([where(route), silent]).toEqual([where(route), []]);
    }
  });

  it('takes an idempotency key on every POST that has an effect', () => {
    const without = routes.filter(
      (route) =>
        route.method === 'post' &&
        !parametersOf(route).some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(without.map(where)).toEqual([
      'post /api/v1/clusters/{name}/probe',
      'post /api/v1/releases/plan',
      'post /api/v1/rules/test',
    ]);
  });

  it('asks for a token everywhere but for health and how to log in, and says how every problem looks', () => {
    for (const route of routes) {
      // How to log in is asked by who has no token yet.
      const open = route.path.startsWith('/health/') || route.path === '/api/v1/login';
      expect([where(route), route.operation.security]).toEqual([
        where(route),
        open ? undefined : [{ token: [] }],
      ]);
      if (open) continue;
      const statuses = Object.keys(route.operation.responses);
      expect(statuses).toEqual(expect.arrayContaining(['400', '401', '500', '503']));
      const problem = { schema: { $ref: '#/components/schemas/Problem' } };
      for (const status of statuses.filter((code) => code >= '400')) {
        expect(route.operation.responses[status]).toMatchObject({
          content: { 'application/problem+json': problem },
        });
      }
    }
  });

  it('gives an example of every parameter', () => {
    const bare = routes.flatMap((route) =>
      parametersOf(route)
        .filter(({ example }) => example === undefined)
        .map(({ name }) => `${where(route)} ${name}`),
    );
    expect(bare).toEqual([]);
  });

  it('describes every schema and field, and gives an example of every schema', () => {
    const schemas = Object.entries(document.components?.schemas ?? {}) as [string, Schema][];
    expect(schemas.length).toBeGreaterThan(40);
    expect(schemas.flatMap(([name, schema]) => silentIn(schema, name))).toEqual([]);
    const bare = schemas.filter(([, { examples = [] }]) => examples.length === 0);
    expect(bare.map(([name]) => name)).toEqual([]);
  });

  it('refers only to schemas that it has', () => {
    const targets = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)];
    const missing = targets.filter(([, id = '']) => !(id in (document.components?.schemas ?? {})));
    expect(targets.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });
});
