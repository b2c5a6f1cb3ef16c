import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Logger } from '@spillway/application';
import type { Lane } from './lane.js';
import { writersStanding } from './sql.js';
import type { WorkerSession } from './worker-session.js';

export interface StandInOptions {
  readonly kind: Job['kind'];
  readonly session: WorkerSession;
  readonly logger: Logger;
  /** Begins to take jobs of the kind. */
  readonly start: () => Lane;
}

/** How often a worker asks after writers. With what is waited for: what one fails to do is done half a second later. */
const everyMs = 250;
/** The same where there is none. One that comes finds its jobs taken for so long, and misses nothing. */
const everyMsAlone = 2_000;
/** A writer that is there and well takes a job within some ten milliseconds. */
const lateMs = 250;
/** After a late job; a writer that stands still has one after the other. */
const untilTrustedMs = 5_000;

/**
 * Takes jobs of the kind where writers do not: while there is none, and when a job waits though there
 * is, for one may stand still, be cut off, or have more than it can do.
 */
export class StandIn implements Lane {
  private readonly stopping = new AbortController();
  /** Lanes that take nothing more. Nobody waits for them: a job of theirs may hang. */
  private readonly leaving = new Set<Promise<void>>();
  private lane: Lane | undefined;
  private distrustedUntil = 0;
  private areThere = false;
  private readonly attending: Promise<void>;

  constructor(private readonly options: StandInOptions) {
    this.attending = this.attend();
  }

  get kind(): Job['kind'] {
    return this.options.kind;
  }

  /** What is left to writers is taken. */
  isTaking(): boolean {
    return this.lane?.isTaking() ?? !this.stopping.signal.aborted;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.leave();
    await Promise.all([this.attending, ...this.leaving]);
  }

  private async attend(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // Without an answer it goes on as it did.
      const isNeeded = await this.isNeeded().catch(() => this.lane !== undefined);
      if (!signal.aborted && isNeeded !== (this.lane !== undefined)) this.turn(isNeeded);
      await sleep(this.areThere ? everyMs : everyMsAlone, undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  private async isNeeded(): Promise<boolean> {
    const { session, kind } = this.options;
    const [writers] = await session.query<Writers>(writersStanding, [[kind], lateMs]);
    this.areThere = writers?.areThere === true;
    if (!this.areThere) return true;
    if (writers?.areLate === true) this.distrustedUntil = performance.now() + untilTrustedMs;
    return performance.now() < this.distrustedUntil;
  }

  private turn(isNeeded: boolean): void {
    const { logger, kind, start } = this.options;
    logger.info({ kind }, isNeeded ? 'takes what no writer takes' : 'leaves writing to writers');
    if (isNeeded) this.lane = start();
    else this.leave();
  }

  private leave(): void {
    const { lane } = this;
    if (lane === undefined) return;
    this.lane = undefined;
    const left = lane.stop();
    this.leaving.add(left);
    void left.finally(() => this.leaving.delete(left));
  }
}

interface Writers {
  readonly areThere: boolean;
  readonly areLate: boolean;
}
