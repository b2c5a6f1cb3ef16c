import { execFile } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Spillway, type ReceivedDelivery } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { parseAllDocuments } from 'yaml';
import { readyStage, token, type Stage } from './stage.js';
import { until } from '@spillway/application/testing';

const guide = new URL('../../docs/guides/ci-webhooks.md', import.meta.url);
const run = promisify(execFile);

interface Recorded {
  readonly name: string;
  readonly examples: readonly Record<string, object>[];
}
const recorded = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
) as readonly Recorded[];
const recordedPayload = (event: string): Record<string, object> =>
  structuredClone(recorded.find(({ name }) => name === event)?.examples[0] ?? {});

interface Manifest {
  readonly kind: string;
}

let database: FreshDatabase;
let stage: Stage;
let spillway: Spillway;
let folder: string;
let blocks: readonly { readonly language: string; readonly text: string }[];
const secret = randomBytes(32).toString('hex');

beforeAll(async () => {
  blocks = [...(await readFile(guide, 'utf8')).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  );
  folder = await mkdtemp(join(tmpdir(), 'ci-webhooks-'));
  await writeFile(join(folder, 'ci-webhook.txt'), secret);
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
  spillway = new Spillway({ baseUrl: stage.url, token });
  await spillway.secrets.put('ci-webhook', secret);
  await applyGuide();
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  await rm(folder, { recursive: true });
  expect(stage.log.text).not.toContain(secret);
});
/** One release at a time, of a version that does not serve. */
beforeEach(async () => {
  for await (const { id, phase } of spillway.releases.list({ service: 'shop/catalog' })) {
    if (!['succeeded', 'rolledBack', 'cancelled'].includes(phase)) await ended(id);
  }
});

async function applyGuide(): Promise<void> {
  for (const { language, text } of blocks) {
    if (language !== 'yaml') continue;
    for (const { kind, ...body } of parseAllDocuments(text).map((one) => one.toJS() as Manifest)) {
      if (kind === 'Webhook') await spillway.webhooks.put(body as never);
      else await spillway.rules.put(body as never);
    }
  }
}

async function ended(id: string): Promise<void> {
  await spillway.releases.abort(id);
  await spillway.releases
    .waitFor(id, { signal: AbortSignal.timeout(20_000) })
    .catch(() => undefined);
}

const hub = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const post = (name: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
  fetch(`${stage.url}/hooks/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });

const fromGithub = (payload: unknown, headers = {}, event = 'deployment_status') => {
  const body = JSON.stringify(payload);
  return post('github', body, {
    'X-GitHub-Event': event,
    'X-GitHub-Delivery': randomBytes(8).toString('hex'),
    'X-Hub-Signature-256': hub(body),
    ...headers,
  });
};

/** The recorded deployment, of the guide’s repository and an image. */
function deployment(image: string) {
  const payload = recordedPayload('deployment_status');
  Object.assign(payload['repository'] ?? {}, { full_name: 'acme/catalog' });
  Object.assign(payload['deployment'] ?? {}, { payload: { image } });
  return payload;
}

async function settled(answer: Response): Promise<ReceivedDelivery> {
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as ReceivedDelivery;
  expect(answer.headers.get('location')).toBe(`/api/v1/deliveries/${id}`);
  let found = await spillway.deliveries.get(id);
  await until(async () => {
    found = await spillway.deliveries.get(id);
    return found.state !== 'pending';
  });
  if (found.direction !== 'in') throw new Error('it came in');
  return found;
}

describe('what the guide says', () => {
  it('makes a release of what a shell signs', async () => {
    const script = blocks.find(({ language }) => language === 'bash')?.text ?? '';
    const env = { ...process.env, SPILLWAY_URL: stage.url };
    const { stdout } = await run('bash', ['-euc', script], { cwd: folder, env });
    const answered = JSON.parse(stdout) as ReceivedDelivery;
    const shown = JSON.parse(blocks.find(({ language }) => language === 'json')?.text ?? '{}');
    expect(Object.keys(answered).toSorted()).toEqual(
      expect.arrayContaining(Object.keys(shown as object).toSorted()),
    );
    expect(answered).toMatchObject({ state: 'pending', trigger: shown.trigger });
    await until(async () => (await spillway.deliveries.get(answered.id)).state === 'released');
    expect(await spillway.releases.get(answered.id)).toMatchObject({
      service: 'shop/catalog',
      candidate: 'v2',
      requestedBy: 'webhook ci',
      description: 'deployed of acme/catalog in production, by rule ci-catalog',
    });
  });

  it('makes a release of a recorded deployment of GitHub', async () => {
    const found = await settled(await fromGithub(deployment('ghcr.io/acme/catalog:v2')));
    expect(found).toMatchObject({ state: 'released', rule: 'github-catalog', release: found.id });
    expect(await spillway.releases.get(found.id)).toMatchObject({ candidate: 'v2' });
  });

  it('makes a release of a pipeline of GitLab, and says why of none', async () => {
    const pipeline = (ref: string) =>
      JSON.stringify({
        object_kind: 'pipeline',
        object_attributes: { id: 31, ref, tag: false, sha: 'bcbb5ec396a2c0f8', status: 'success' },
        project: { path_with_namespace: 'acme/catalog' },
      });
    const headers = { 'X-Gitlab-Token': secret, 'X-Gitlab-Event': 'Pipeline Hook' };
    const uuid = () => ({ ...headers, 'X-Gitlab-Event-UUID': randomBytes(8).toString('hex') });
    const wrong = await settled(await post('gitlab', pipeline('feature/x'), uuid()));
    expect(wrong).toMatchObject({
      state: 'unmatched',
      passedBy: [{ rule: 'gitlab-catalog', because: 'branch main wanted, was feature/x' }],
    });
    const right = await settled(await post('gitlab', pipeline('main'), uuid()));
    expect(right).toMatchObject({ state: 'released' });
    expect(await spillway.releases.get(right.id)).toMatchObject({ candidate: 'v-bcbb5ec' });
  });

  it('answers a ping', async () => {
    const ping = await settled(await fromGithub(recordedPayload('ping'), {}, 'ping'));
    expect(ping).toMatchObject({ state: 'ignored', because: expect.stringContaining('ping') });
  });
});

describe('the same delivery', () => {
  const many = async (answers: readonly Promise<Response>[]) => {
    const bodies = (await Promise.all(answers.map(async (one) => (await one).json()))) as {
      id: string;
    }[];
    return new Set(bodies.map(({ id }) => id)).size;
  };

  it('sent ten times at once makes one release', async () => {
    const before = (await spillway.releases.list({ limit: 200 })).items.length;
    const payload = deployment('ghcr.io/acme/catalog:v2');
    payload['again'] = { at: 1 };
    const headers = { 'X-GitHub-Delivery': 'ten-times' };
    expect(await many(Array.from({ length: 10 }, () => fromGithub(payload, headers)))).toBe(1);
    const found = await settled(await fromGithub(payload, headers));
    expect(found.state).toBe('released');
    expect((await spillway.releases.list({ limit: 200 })).items.length).toBe(before + 1);
  });

  it('under another id is the same: who caught one cannot send it again', async () => {
    const payload = { ...deployment('ghcr.io/acme/catalog:v2'), again: { at: 2 } };
    expect(await many([fromGithub(payload), fromGithub(payload), fromGithub(payload)])).toBe(1);
  });
});

describe('what is refused', () => {
  const codeOf = async (answering: Promise<Response>) => {
    const answer = await answering;
    const text = await answer.text();
    expect(text).not.toContain(secret);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    return [answer.status, (JSON.parse(text) as { code: string }).code];
  };
  const body = JSON.stringify(deployment('ghcr.io/acme/catalog:v2'));
  const signed = { 'X-Hub-Signature-256': hub(body), 'X-GitHub-Event': 'deployment_status' };

  it.each([
    ['another signature', body, { 'X-Hub-Signature-256': hub(`${body} `) }],
    ['no signature', body, { 'X-Hub-Signature-256': '' }],
    ['one byte more', `${body} `, {}],
  ])('with %s', async (_, sent, headers) => {
    expect(await codeOf(post('github', sent, { ...signed, ...headers }))).toEqual([
      401,
      'INVALID_SIGNATURE',
    ]);
    expect(await codeOf(post('nobody', sent, signed))).toEqual([401, 'INVALID_SIGNATURE']);
  });

  it('before it is read: nonsense that nobody signed is not signed, and not nonsense', async () => {
    expect(await codeOf(post('github', '{', signed))).toEqual([401, 'INVALID_SIGNATURE']);
    const nonsense = { ...signed, 'X-Hub-Signature-256': hub('{') };
    expect(await codeOf(post('github', '{', nonsense))).toEqual([400, 'INVALID_INPUT']);
  });

  it('when it is too large, of another type, or nothing at all', async () => {
    const large = 'x'.repeat(1_048_577);
    expect(await codeOf(post('github', large, signed))).toEqual([413, 'BODY_TOO_LARGE']);
    const xml = { 'Content-Type': 'application/xml' };
    expect(await codeOf(post('github', body, { ...signed, ...xml }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await codeOf(post('github', '', signed))).toEqual([401, 'INVALID_SIGNATURE']);
    const empty = { ...signed, 'X-Hub-Signature-256': hub('') };
    expect(await codeOf(post('github', '', empty))).toEqual([400, 'INVALID_INPUT']);
  });

  it('in no way that shows a secret', async () => {
    const shown = await Promise.all([
      spillway.webhooks.get('github'),
      spillway.webhooks.list(),
      spillway.rules.list(),
      spillway.deliveries.received({ limit: 200 }),
    ]);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(stage.log.text).not.toContain(secret);
  });
});

it('a flood of deliveries does not hold up a rollback', async () => {
  const { id } = await spillway.releases.start({
    service: 'shop/catalog',
    candidate: 'v2',
    strategy: 'waiting',
  });
  await until(async () => (await spillway.releases.get(id)).phase === 'paused');
  const flood = Array.from({ length: 60 }, (_, at) =>
    fromGithub({ ...deployment('ghcr.io/acme/catalog:v9'), flood: { at } }),
  );
  const aborted = Date.now();
  await spillway.releases.abort(id);
  await until(async () => (await spillway.releases.get(id)).phase === 'rolledBack');
  expect(Date.now() - aborted).toBeLessThan(10_000);
  expect((await Promise.all(flood)).map(({ status }) => status)).toEqual(flood.map(() => 202));
});
