import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { ApiRefusal } from './failure.js';
import { ServerReturn } from './server-return.js';

let stopping: AbortController;
beforeEach(() => {
  stopping = new AbortController();
});
afterEach(() => stopping.abort());

const long = duration(60_000);
const gone = (): never => {
  throw new Error('connection refused');
};
const ready = (): string => 'ok';
const refused = (status: number) => (): never => {
  throw new ApiRefusal(status, {});
};

/** Answers in turn; the last one again and again. */
function server(...answers: readonly (() => unknown)[]) {
  let asked = 0;
  const back = new ServerReturn(() =>
    Promise.resolve().then(() => answers[Math.min(asked++, answers.length - 1)]?.()),
  );
  return { back, asked: () => asked };
}

describe('the return of a server', () => {
  it('ends the wait of all who wait for it', async () => {
    const { back } = server(gone, gone, ready);
    const { signal } = stopping;
    expect(await Promise.all([back.within(long, signal), back.within(long, signal)])).toEqual([
      true,
      true,
    ]);
  });

  it('is seen in a server that answered that it is not ready', async () => {
    const { back } = server(refused(503), ready);
    expect(await back.within(long, stopping.signal)).toBe(true);
  });

  it('is seen by who begins to wait when it is there again', async () => {
    const { back, asked } = server(gone, ready);
    const first = new AbortController();
    const given = back.within(long, first.signal);
    first.abort();
    expect([await given, asked()]).toEqual([false, 1]);
    expect(await back.within(long, stopping.signal)).toBe(true);
  });

  it.each([
    ['was there all the time', ready],
    ['does not say whether it is ready', refused(403)],
  ])('is none of a server that %s, which is asked once', async (_, answer) => {
    const { back, asked } = server(answer);
    expect([await back.within(duration(900), stopping.signal), asked()]).toEqual([false, 1]);
  });

  it('is awaited by nobody who was stopped before', async () => {
    const { back, asked } = server(ready);
    expect([await back.within(long, AbortSignal.abort()), asked()]).toEqual([false, 0]);
  });

  it('is not asked for by who waits for a moment', async () => {
    const { back, asked } = server(ready);
    expect([await back.within(duration(50), stopping.signal), asked()]).toEqual([false, 0]);
  });
});
