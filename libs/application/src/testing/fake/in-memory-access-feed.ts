import type { AccessFeed } from '../../port/access-feed.js';

export class InMemoryAccessFeed implements AccessFeed {
  /** Set to false to play a connection that is lost. */
  live = true;
  private readonly listeners = new Set<() => void>();

  isLive(): boolean {
    return this.live;
  }

  subscribe(onChange: () => void): () => void {
    const own = (): void => onChange();
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  publish(): void {
    for (const listener of this.listeners) listener();
  }
}
