import type { ReleaseId } from '@spillway/kernel';
import type { ReleaseFeed } from '../../port/release-feed.js';

export class InMemoryReleaseFeed implements ReleaseFeed {
  private readonly listeners = new Set<{ readonly hear: (release: ReleaseId) => void }>();

  subscribe(listener: (release: ReleaseId) => void): () => void {
    const entry = { hear: listener };
    this.listeners.add(entry);
    return () => {
      this.listeners.delete(entry);
    };
  }

  /** Tells of a committed save. Listeners hear it after the code that saved goes on, as from a database. */
  publish(release: ReleaseId): void {
    for (const listener of this.listeners) {
      queueMicrotask(() => {
        if (this.listeners.has(listener)) listener.hear(release);
      });
    }
  }
}
