import type { Release } from '@spillway/domain-release';
import type { Meter } from '../port/meter.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { latenciesIn } from './latencies.js';

/** A decision is rarely further back than this; what began earlier is not measured. */
const lookBack = 200;

/** More are not kept waiting: figures are the first thing to go when there is too much to do. */
const mostWaiting = 500;

/**
 * Reads back how long ago something was decided, since another process may have decided it. One
 * release after another, so that it never has more than one connection, and after the transaction,
 * so that nobody waits for it.
 */
export class Histories {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly unitOfWork: Pick<UnitOfWork, 'read'>,
    private readonly meter: Meter,
  ) {}

  /** The newest `count` events of the release, as they were stored with `release`. */
  look({ id, revision }: Release, count: number): void {
    if (this.waiting >= mostWaiting) return;
    this.waiting += 1;
    this.last = this.last
      .then(() => this.read(id, revision, count))
      // The database is away: there are worse gaps now than one in a histogram.
      .catch(() => undefined)
      .finally(() => (this.waiting -= 1));
  }

  private async read(id: Release['id'], revision: number, count: number): Promise<void> {
    const from = Math.max(0, revision - count - lookBack);
    const stored = await this.unitOfWork.read(({ releases }) =>
      releases.events(id, from, revision - from),
    );
    const events = stored.map(({ event }) => event);
    for (const occurrence of latenciesIn(events, count)) this.meter.note(occurrence);
  }
}
