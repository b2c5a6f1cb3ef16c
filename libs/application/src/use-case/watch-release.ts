import { isFinal, type Release } from '@spillway/domain-release';
import { ok, refuse, type ReleaseId } from '@spillway/kernel';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

/** The release now and after each change. Ends with the final state, or when the signal aborts. */
export const watchRelease =
  (deps: UseCaseDeps): UseCases['watchRelease'] =>
  async (id, signal) => {
    const read = (): Promise<Release | undefined> =>
      deps.unitOfWork.run((tx) => tx.releases.get(id));
    if ((await read()) === undefined) return refuse(notFound('UNKNOWN_RELEASE', id));
    return ok(changes(id, signal, deps, read));
  };

async function* changes(
  id: ReleaseId,
  signal: AbortSignal,
  { feed }: UseCaseDeps,
  read: () => Promise<Release | undefined>,
): AsyncGenerator<Release> {
  const bell = new Bell();
  // Subscribed before the first read, so that no change falls between the two.
  const unsubscribe = feed.subscribe((changed) => {
    if (changed === id) bell.ring();
  });
  const stop = (): void => bell.ring();
  signal.addEventListener('abort', stop);
  try {
    for (let seen = 0; !signal.aborted;) {
      const release = await read();
      if (release === undefined) return;
      if (release.revision > seen) yield release;
      if (isFinal(release.phase)) return;
      seen = release.revision;
      await bell.rung();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unsubscribe();
  }
}

/** Rings that come before anybody waits are kept as one. */
class Bell {
  private pending = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.pending = true;
    this.wake?.();
  }

  async rung(): Promise<void> {
    if (!this.pending) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    this.pending = false;
  }
}
