import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { errorCodes } from '@spillway/kernel';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { buildSchema, parse, validate, type GraphQLSchema } from 'graphql';
import { documents } from '../../control-plane/documents.js';
import { openStage, furnish, token, type Stage } from '../../control-plane/stage.js';
import { Dice } from '../../simulation/dice.js';
import { broken } from './broken.js';
import { SomeOperations } from './some-operation.js';

/** A failure names its seed: `FUZZ_SEED=… npm run test:medium -- test/fuzz/graphql` repeats it. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_105);
const budget = { operations: 600, ms: 20_000 };
const kinds = ['query', 'query', 'query', 'mutation', 'mutation', 'subscription'] as const;
const codes = new Set<string>([...errorCodes, 'PERSISTED_QUERY_NOT_FOUND']);
const defects = new Set(['INTERNAL', 'INVARIANT_BROKEN', 'INVALID_CONFIGURATION']);

let database: FreshDatabase;
let stage: Stage;
let schema: GraphQLSchema;
let ids: readonly string[];

beforeAll(async () => {
  database = await freshDatabase();
  stage = await openStage({ databaseUrl: database.url, role: 'api' });
  await stage.controlPlane.started;
  await furnish(stage);
  const { name: service } = documents.service;
  const { id } = await stage.client.releases.start({
    service,
    candidate: 'v2',
    strategy: 'waiting',
  });
  ids = [id, `rollout:${id}:eu-west`, `event:${id}:1`, 'service:shop/catalog'];
  const sdl = new URL('../../../libs/interface/graphql/schema.graphql', import.meta.url);
  schema = buildSchema(await readFile(sdl, 'utf8'));
}, 60_000);
afterAll(async () => {
  await stage.stop();
  await database.drop();
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function send(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${stage.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.json() };
}

/** The beginning of a stream is enough: it may never end. */
async function beginning(body: unknown): Promise<Answer> {
  const controller = new AbortController();
  const response = await fetch(`${stage.url}/graphql/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: controller.signal,
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!isStream) return { status: response.status, body: await response.json() };
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    if (/^event: next$/m.test(text) && text.endsWith('\n\n')) break;
  }
  controller.abort();
  const [, data = '{}'] = /^data: (.*)$/m.exec(text) ?? [];
  return { status: response.status, body: JSON.parse(data) as unknown };
}

interface Told {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown };
}

/** What an answer must not be, whatever was asked. */
function faultsOf({ status, body }: Answer): readonly string[] {
  const { errors = [], problem } = { problem: undefined, ...(body as { errors?: Told[] }) };
  const told = errors.map(({ extensions, message }) => [extensions?.code, message] as const);
  return [
    ...(status >= 500 && status !== 504 ? [`HTTP ${status}`] : []),
    ...(problem === undefined ? [] : ['a problem']),
    ...told.filter(([code]) => defects.has(String(code))).map((one) => one.join(': ')),
    ...told.filter(([code]) => !codes.has(String(code))).map((one) => `no code: ${one.join(' ')}`),
  ];
}

it('answers whatever fits the schema, and refuses whatever does not, without a defect', async () => {
  const dice = new Dice(seed);
  const operations = new SomeOperations(schema, dice, ids);
  const end = Date.now() + budget.ms;
  const faults: unknown[] = [];
  let count = 0;
  for (; count < budget.operations && Date.now() < end; count += 1) {
    const kind = dice.one(kinds);
    const operation = operations.next(kind);
    expect(validate(schema, parse(operation.query))).toEqual([]);
    const sent = dice.next() < 0.3 ? broken(operation, dice) : operation;
    const answer =
      sent === operation && kind === 'subscription'
        ? await beginning(sent)
        : await send('/graphql', sent);
    const wrong = faultsOf(answer);
    if (wrong.length > 0) faults.push({ seed, count, wrong, sent });
  }
  expect(faults).toEqual([]);
  expect(stage.log.errors).toEqual([]);
  expect(count).toBeGreaterThan(100);
}, 45_000);
