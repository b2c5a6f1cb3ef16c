import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { orAborted } from './or-aborted.js';

const never = new Promise<never>(() => undefined);

describe('an answer that may be given up', () => {
  it('is the answer', async () => {
    expect(await orAborted(Promise.resolve(7), new AbortController().signal)).toBe(7);
  });

  it('is the failure of the answer', async () => {
    const failing = Promise.reject(new Error('no'));
    await expect(orAborted(failing, new AbortController().signal)).rejects.toThrow('no');
  });

  it('is given up as soon as the signal says so', async () => {
    const controller = new AbortController();
    const answer = orAborted(never, controller.signal);
    controller.abort(new Error('late'));
    await expect(answer).rejects.toThrow('late');
  });

  it('is given up at once when the signal has spoken before', async () => {
    await expect(orAborted(never, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });

  it('is held by the signal no longer than it takes', async () => {
    const { signal } = new AbortController();
    await orAborted(Promise.resolve(7), signal);
    await new Promise(setImmediate);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
