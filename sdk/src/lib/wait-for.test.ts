import { describe, expect, it } from '@jest/globals';
import type { Release } from '../types.js';
import { ReleaseEnded, waitFor, WaitTimedOut, type Watched } from './wait-for.js';

const inPhase = (phase: Release['phase']) =>
  ({ id: 'r', phase, because: 'v2 gets 10 %', final: phase === 'rolledBack' }) as Release;

/** Tells of these phases; after the last it is silent unless the release is over. */
const telling = (...phases: Release['phase'][]): Watched => ({
  async *watch(_, { signal }) {
    for (const phase of phases) yield inPhase(phase);
    if (phases.at(-1) === 'rolledBack') return;
    await new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  },
});

describe('waitFor', () => {
  it('gives the release as it ended, well or not, and tells of each change', async () => {
    const told: string[] = [];
    const onProgress = ({ phase }: Release) => void told.push(phase);
    const release = await waitFor(telling('progressing', 'rolledBack'), 'r', { onProgress });
    expect(release.phase).toBe('rolledBack');
    expect(told).toEqual(['progressing', 'rolledBack']);
  });

  it('is content with a phase, or with what a function says', async () => {
    const releases = telling('preparing', 'progressing', 'baking');
    expect(await waitFor(releases, 'r', { until: 'progressing' })).toMatchObject({
      phase: 'progressing',
    });
    const until = ({ phase }: Release) => phase === 'baking';
    expect(await waitFor(releases, 'r', { until })).toMatchObject({ phase: 'baking' });
  });

  it('rejects with the release when it ends otherwise', async () => {
    const error = await waitFor(telling('rolledBack'), 'r', { until: 'succeeded' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ReleaseEnded);
    expect(error).toMatchObject({ release: { phase: 'rolledBack' } });
    expect(String(error)).toContain('It was rolledBack: v2 gets 10 %.');
  });

  it('says what was seen last when its time is over', async () => {
    const error = await waitFor(telling('progressing'), 'r', { timeoutMs: 10 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(WaitTimedOut);
    expect(error).toMatchObject({ release: { phase: 'progressing' } });
  });

  it('rejects with the reason of the signal that stopped it', async () => {
    const stop = new AbortController();
    const waiting = waitFor(telling('progressing'), 'r', {
      timeoutMs: 60_000,
      signal: stop.signal,
      onProgress: () => queueMicrotask(() => stop.abort(new Error('enough'))),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});
