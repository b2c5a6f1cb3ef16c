import { EventEmitter, once } from 'node:events';
import type { Release } from '@spillway/domain-release';

/** Releases that tests move by hand while others watch. */
export class Watched {
  private readonly byId = new Map<string, Release>();
  private readonly bell = new EventEmitter().setMaxListeners(0);
  private trouble: Error | undefined;
  /** How many watch now. */
  watchers = 0;

  get = (id: string): Release | undefined => this.byId.get(id);

  all = (): readonly Release[] => [...this.byId.values()];

  put(release: Release): void {
    this.byId.set(release.id, release);
    this.bell.emit('change');
  }

  /** Every watch fails so after its next change. */
  breakOff(error: Error): void {
    this.trouble = error;
    this.bell.emit('change');
  }

  async *watch(
    id: string,
    signal: AbortSignal,
    isLast: (release: Release) => boolean,
  ): AsyncGenerator<Release, void> {
    this.watchers += 1;
    try {
      for (let seen = 0; !signal.aborted;) {
        const changed = once(this.bell, 'change', { signal }).catch(() => undefined);
        const release = this.get(id);
        if (release !== undefined && release.revision > seen) {
          seen = release.revision;
          yield release;
          if (isLast(release)) return;
        }
        await changed;
        if (this.trouble !== undefined) throw this.trouble;
      }
    } finally {
      this.watchers -= 1;
    }
  }
}
