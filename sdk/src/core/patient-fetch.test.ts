import { describe, expect, it, jest } from '@jest/globals';
import { SpillwayUnreachable } from './errors.js';
import { patientFetch, type Fetch, type Patience } from './patient-fetch.js';

const baseUrl = 'http://spillway.test';

/** Plays the answers in their order; an error is thrown, as `fetch` does. */
function scripted(
  answers: readonly (Response | Error | 'silence')[],
  terms: Partial<Patience> = {},
) {
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
  const patience = { timeoutMs: 20, deadlineMs: 60_000, attempts: 3, backOffMs: 0, ...terms };
  return { seen, send: patientFetch({ fetch, baseUrl, ...patience }) };
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

  it('repeats a DELETE, and takes it as done that it is gone by then', async () => {
    const request = () => new Request(`${baseUrl}/api/v1/clusters/eu`, { method: 'DELETE' });
    const gone = () => new Response('no', { status: 404 });
    expect((await scripted([refused(), gone()]).send(request())).status).toBe(204);
    expect((await scripted([gone()]).send(request())).status).toBe(404);
    const tooMany = new Response('', { status: 429, headers: { 'retry-after': '0' } });
    expect((await scripted([tooMany, gone()]).send(request())).status).toBe(404);
  });

  it('does not repeat what may have another effect the second time', async () => {
    const { seen, send } = scripted([refused()]);
    const request = new Request(`${baseUrl}/api/v1/clusters/eu`, { method: 'PATCH' });
    await expect(send(request)).rejects.toBeInstanceOf(SpillwayUnreachable);
    expect(seen).toHaveLength(1);
  });

  it('comes back when it is told that these were too many requests', async () => {
    const { send } = scripted([
      new Response('', { status: 429, headers: { 'retry-after': new Date(0).toUTCString() } }),
      Response.json({ id: 'r' }),
    ]);
    expect((await send(post())).status).toBe(200);
  });

  it('gives back the answer at once when it may not come back before its time is over', async () => {
    const { seen, send } = scripted([busy({ 'retry-after': '3600' })]);
    const answer = await send(post());
    expect([answer.status, seen.length]).toEqual([503, 1]);
  });

  it('gives up a try when the time of the whole call is over', async () => {
    const { seen, send } = scripted(['silence'], { timeoutMs: 60_000, deadlineMs: 20 });
    await expect(send(post())).rejects.toThrow('no answer within 20 ms');
    expect(seen).toHaveLength(1);
  });

  it('gives every call up when the client is told to stop', async () => {
    const stop = new AbortController();
    const { seen, send } = scripted(['silence'], { timeoutMs: 60_000, signal: stop.signal });
    const answer = send(post());
    stop.abort(new Error('the process stops'));
    await expect(answer).rejects.toThrow('the process stops');
    expect(seen.length).toBeLessThanOrEqual(1);
  });

  it('spreads its repetitions over the whole of a bound that doubles', async () => {
    jest.useFakeTimers();
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const { seen, send } = scripted([refused(), refused(), new Response()], {
      backOffMs: 100,
      timeoutMs: 60_000,
    });
    const answer = send(post());
    await jest.advanceTimersByTimeAsync(49);
    expect(seen).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(seen).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(100);
    expect(seen).toHaveLength(3);
    expect((await answer).status).toBe(200);
    random.mockRestore();
    jest.useRealTimers();
  });
});
