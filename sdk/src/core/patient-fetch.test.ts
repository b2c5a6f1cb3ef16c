import { describe, expect, it, jest } from '@jest/globals';
import { SpillwayUnreachable } from './errors.js';
import { patientFetch, type Fetch } from './patient-fetch.js';

const baseUrl = 'http://spillway.test';

/** Plays the answers in their order; an error is thrown, as `fetch` does. */
function scripted(answers: readonly (Response | Error | 'silence')[]) {
  const seen: Request[] = [];
  const fetch: Fetch = (request) => {
    const answer = answers[seen.length];
    seen.push(request);
    if (answer === undefined) return Promise.reject(new Error('one call too many'));
    if (answer === 'silence') {
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
      });
    }
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const patience = { fetch, baseUrl, timeoutMs: 20, attempts: 3, backOffMs: 0 };
  return { seen, send: patientFetch(patience) };
}

const refused = () => new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
const busy = (headers: Record<string, string> = { 'retry-after': '0' }) =>
  new Response('busy', { status: 503, headers });
const post = (init: RequestInit = {}) =>
  new Request(`${baseUrl}/api/v1/releases`, { method: 'POST', body: '{"a":1}', ...init });

describe('patientFetch', () => {
  it('repeats a POST with its body and one key until somebody answers', async () => {
    const { seen, send } = scripted([refused(), busy(), Response.json({ id: 'r' })]);
    expect(await (await send(post())).json()).toEqual({ id: 'r' });
    const keys = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    expect(await Promise.all(seen.map((request) => request.text()))).toEqual(
      Array.from({ length: 3 }, () => '{"a":1}'),
    );
  });

  it('gives every call a key of its own, and keeps the caller’s', async () => {
    const { seen, send } = scripted([new Response(), new Response(), new Response()]);
    await send(post());
    await send(post());
    await send(post({ headers: { 'idempotency-key': 'mine' } }));
    const [first, second, third] = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(first).not.toBe(second);
    expect(third).toBe('mine');
  });

  it('says that nobody answers after the last try, and why', async () => {
    const { seen, send } = scripted([refused(), refused(), refused()]);
    const error = await send(post()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SpillwayUnreachable);
    expect(error).toMatchObject({
      baseUrl,
      message: expect.stringContaining('connect ECONNREFUSED'),
    });
    expect(seen).toHaveLength(3);
  });

  it('counts silence and an answer that breaks off as no answer', async () => {
    const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('reset')) });
    const { send } = scripted(['silence', new Response(broken), Response.json({ id: 'r' })]);
    expect((await send(post())).status).toBe(200);
  });

  it('gives back the last answer of a server that stays busy', async () => {
    const { seen, send } = scripted([busy(), busy(), busy()]);
    expect((await send(post())).status).toBe(503);
    expect(seen).toHaveLength(3);
  });

  it('waits as long as the server asks', async () => {
    jest.useFakeTimers();
    const { seen, send } = scripted([busy({ 'retry-after': '20' }), new Response()]);
    const answer = send(post());
    await jest.advanceTimersByTimeAsync(19_999);
    expect(seen).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
    jest.useRealTimers();
  });

  it('does not go on waiting when it is told to stop', async () => {
    const stop = new AbortController();
    const { seen, send } = scripted([busy({ 'retry-after': '20' })]);
    const answer = send(post({ signal: stop.signal }));
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it.each([400, 401, 404, 409, 500])(
    'does not repeat what was answered with %d',
    async (status) => {
      const { seen, send } = scripted([new Response('no', { status })]);
      expect((await send(post())).status).toBe(status);
      expect(seen).toHaveLength(1);
    },
  );

  it('tries to delete once', async () => {
    const { seen, send } = scripted([refused()]);
    const request = new Request(`${baseUrl}/api/v1/clusters/eu`, { method: 'DELETE' });
    await expect(send(request)).rejects.toBeInstanceOf(SpillwayUnreachable);
    expect(seen).toHaveLength(1);
  });
});
