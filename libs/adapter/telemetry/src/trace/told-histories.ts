import type { SavedEvents, UnitOfWork } from '@spillway/application';
import type { ReleaseId } from '@spillway/kernel';
import { endedSpans } from './history-spans.js';
import type { SpanSink } from './span.js';

/** More are not kept waiting: spans are the first thing to go when there is too much to do. */
const mostWaiting = 500;

/**
 * Writes the spans that ended with what was saved. Their beginnings are in the history, which is
 * read back after the transaction, one release after another: nobody waits for it, and it never
 * has more than one connection.
 */
export class ToldHistories {
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly unitOfWork: Pick<UnitOfWork, 'read'>,
    private readonly sink: Pick<SpanSink, 'write'>,
  ) {}

  tell({ release: { id, revision }, events }: SavedEvents): void {
    if (this.waiting >= mostWaiting) return;
    this.waiting += 1;
    this.last = this.last
      .then(() => this.read(id, revision, events.length))
      // The database is away: there are worse gaps now than one in a trace.
      .catch(() => undefined)
      .finally(() => {
        this.waiting -= 1;
      });
  }

  /** When all that was told so far is written. */
  idle(): Promise<void> {
    return this.last;
  }

  private async read(id: ReleaseId, revision: number, count: number): Promise<void> {
    const stored = await this.unitOfWork.read(({ releases }) => releases.events(id, 0, revision));
    const history = stored.map(({ event }) => event);
    for (const span of endedSpans(history, count)) this.sink.write(span);
  }
}
