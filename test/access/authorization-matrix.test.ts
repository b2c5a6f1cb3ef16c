import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askers, startGuardedApp, tokenOf, type Asker, type GuardedApp } from './guarded-app.js';
import { rootFields, type RootField } from './graphql-fields.js';
import { matrixTable, type MatrixRow } from './matrix-table.js';
import { restRoutes, type Route } from './rest-routes.js';

const page = new URL('../../docs/guides/authorization-matrix.md', import.meta.url);

let app: GuardedApp;
beforeAll(async () => {
  app = await startGuardedApp();
});
afterAll(() => app.close());

/** What was answered; of a stream that begins, nothing is read. */
async function ask(
  { method, path, body }: Route,
  asker: Asker,
): Promise<{ status: number; code?: string }> {
  const stop = new AbortController();
  const response = await fetch(app.url + path, {
    method,
    headers: {
      authorization: `Bearer ${tokenOf(asker)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: stop.signal,
  });
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true;
  const { code } = isProblem ? ((await response.json()) as { code: string }) : {};
  stop.abort();
  return { status: response.status, ...(code === undefined ? {} : { code }) };
}

describe('who may do what over REST', () => {
  it('is what the page says, route by route and role by role', async () => {
    const rows: MatrixRow[] = [];
    for (const route of await restRoutes(app.release)) {
      const allowed = new Set<Asker>();
      for (const asker of askers) {
        const { status, code } = await ask(route, asker);
        // What is sent must be right, or nobody knows who would have been let through.
        expect([route.name, asker, status]).not.toEqual([route.name, asker, 400]);
        expect([route.name, asker, status]).not.toEqual([route.name, asker, 401]);
        const isDenied = code === 'FORBIDDEN' || (asker === 'nobody' && status === 404);
        if (!isDenied) allowed.add(asker);
      }
      rows.push({ name: route.name, allowed });
    }
    await expectTable('REST', 'Route', rows);
  }, 120_000);
});

interface GraphqlAnswer {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
  readonly data?: Readonly<Record<string, { readonly code?: string } | null>> | null;
}

async function askGraphql({ query, variables }: RootField, asker: Asker): Promise<GraphqlAnswer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(asker)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer;
}

function outcomeOf({ errors = [], data }: GraphqlAnswer) {
  const [answer = null] = Object.values(data ?? {});
  const [error] = errors;
  const code = error?.extensions.code ?? answer?.code ?? '';
  return { code, isNull: answer === null, message: error?.message };
}

describe('who may do what over GraphQL', () => {
  it('is what the page says, field by field and role by role', async () => {
    const rows: MatrixRow[] = [];
    for (const field of rootFields(app.release)) {
      const allowed = new Set<Asker>();
      for (const asker of askers) {
        const { code, isNull, message } = outcomeOf(await askGraphql(field, asker));
        // What is sent must be right, or nobody knows who would have been let through.
        const wrong = code === 'INVALID_INPUT' ? [message] : [];
        expect([field.name, asker, ...wrong]).toEqual([field.name, asker]);
        const isUnseen = asker === 'nobody' && (isNull || code.startsWith('UNKNOWN_'));
        if (code !== 'FORBIDDEN' && !isUnseen) allowed.add(asker);
      }
      rows.push({ name: field.name, allowed });
    }
    await expectTable('GraphQL', 'Field', rows);
  }, 120_000);
});

/** The table between the markers of its name. `UPDATE_DOCS=1` writes it. */
async function expectTable(name: string, head: string, rows: readonly MatrixRow[]): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const at = [text.indexOf(begin) + begin.length, text.indexOf(end)] as const;
  const table = `\n\n${matrixTable(head, rows)}\n\n`;
  if (process.env['UPDATE_DOCS'] === '1') {
    await writeFile(page, text.slice(0, at[0]) + table + text.slice(at[1]));
    return;
  }
  expect(text.slice(at[0], at[1])).toBe(table);
}
