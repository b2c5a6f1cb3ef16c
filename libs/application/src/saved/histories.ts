import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { UnitOfWork } from '../port/unit-of-work.js';

/** More are not kept waiting: what is told of releases is the first thing to go when there is too much to do. */
const mostWaiting = 500;

/**
 * Reads back how a release came to be as it was saved, since another process may have saved the
 * rest. One release after another, so that it never has more than one connection, and after the
 * transaction, so that nobody waits for it.
 */
export class Histories {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly unitOfWork: Pick<UnitOfWork, 'read'>) {}

  /** Its events after that sequence number (0 = from the first), to the last that was stored with it. */
  read(release: Release, after: number, tell: (events: readonly ReleaseEvent[]) => void): void {
    if (this.waiting >= mostWaiting) return;
    this.waiting += 1;
    this.last = this.last
      .then(async () => tell(await this.eventsOf(release, after)))
      // The database is away: there are worse gaps now than one in what is told.
      .catch(() => undefined)
      .finally(() => {
        this.waiting -= 1;
      });
  }

  /** When all that was asked for so far is told. */
  idle(): Promise<void> {
    return this.last;
  }

  private async eventsOf({ id, revision }: Release, after: number) {
    const stored = await this.unitOfWork.read(({ releases }) =>
      releases.events(id, after, revision - after),
    );
    return stored.map(({ event }) => event);
  }
}
