import type { Phase, Release } from '../types.js';
import type { WatchOptions } from './watch-release.js';

export interface WaitForOptions extends WatchOptions {
  /**
   * Be content with this phase, or with what this says; the end of the release otherwise.
   * A release that ends without it rejects with `ReleaseEnded`.
   */
  readonly until?: Phase | ((release: Release) => boolean) | undefined;
  /** Give up after so long, with `WaitTimedOut`. The release goes on. */
  readonly timeoutMs?: number | undefined;
  /** Called with the release at first and after each change. */
  readonly onProgress?: ((release: Release) => void) | undefined;
}

/** The release is over, and what was waited for never came. */
export class ReleaseEnded extends Error {
  override readonly name = 'ReleaseEnded';

  constructor(
    id: string,
    /** In its last state. */
    readonly release: Release | undefined,
  ) {
    super(`Release ${id} ended otherwise than waited for${lastSeen(release)}`);
  }
}

/** The release goes on; only the waiting is over. */
export class WaitTimedOut extends Error {
  override readonly name = 'WaitTimedOut';

  constructor(
    id: string,
    timeoutMs: number | undefined,
    /** As it was seen last. */
    readonly release: Release | undefined,
  ) {
    super(`Waited ${timeoutMs} ms in vain for release ${id}, which goes on${lastSeen(release)}`);
  }
}

const lastSeen = (release: Release | undefined): string =>
  release === undefined ? '.' : `. It was ${release.phase}: ${release.because}.`;

export interface Watched {
  watch(id: string, options: WatchOptions): AsyncIterable<Release>;
}

export async function waitFor(
  releases: Watched,
  id: string,
  { until, timeoutMs, onProgress, signal, ...watching }: WaitForOptions,
): Promise<Release> {
  const isEnough = wanted(until);
  const timer = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [signal, timer].filter((one) => one !== undefined);
  let seen: Release | undefined;
  try {
    const watch = releases.watch(id, { ...watching, signal: AbortSignal.any(signals) });
    for await (const release of watch) {
      seen = release;
      onProgress?.(release);
      if (isEnough(release)) return release;
    }
  } catch (thrown) {
    if (timer === undefined || thrown !== timer.reason) throw thrown;
    throw new WaitTimedOut(id, timeoutMs, seen);
  }
  throw new ReleaseEnded(id, seen);
}

function wanted(until: WaitForOptions['until']): (release: Release) => boolean {
  if (until === undefined) return ({ final }) => final;
  return typeof until === 'function' ? until : ({ phase }) => phase === until;
}
