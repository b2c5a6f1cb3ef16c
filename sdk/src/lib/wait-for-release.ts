import type { Releases } from '../resource/releases.js';
import type { Release } from '../types.js';
import type { WatchOptions } from './watch-release.js';

export interface WaitOptions extends WatchOptions {
  /** Give up after so long; the promise rejects with a `TimeoutError`. The release goes on. */
  readonly timeoutMs?: number | undefined;
  /** Called with the release at first and after each change. */
  readonly onChange?: ((release: Release) => void) | undefined;
}

/**
 * Waits for a release to end, well or not: look at `phase`.
 *
 * ```ts
 * const { phase, because } = await waitForRelease(client, release.id, { timeoutMs: 3_600_000 });
 * process.exitCode = phase === 'succeeded' ? 0 : 1;
 * ```
 */
export async function waitForRelease(
  client: { readonly releases: Pick<Releases, 'watch'> },
  id: string,
  { timeoutMs, onChange, signal, ...watching }: WaitOptions = {},
): Promise<Release> {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const given = signals.filter((one): one is AbortSignal => one !== undefined);
  const watch = client.releases.watch(id, { ...watching, signal: AbortSignal.any(given) });
  for await (const release of watch) {
    onChange?.(release);
    if (release.final) return release;
  }
  throw new Error(`The watch of release ${id} ended before the release did.`);
}
