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
/** A writer that is there and well takes a job within some ten milliseconds. */
const lateMs = 250;
/** After a late job; a writer that stands still has one after the other. */
const untilTrustedMs = 5_000;

/**
 * Takes jobs of the kind where writers do not: while there is none, and when a job waits though there
 * is, for one may stand still, be cut off, or have more than it can do.
 */
export function startStandIn({ kind, session, logger, start }: StandInOptions): Lane {
  const stopping = new AbortController();
  const leaving = new Set<Promise<void>>();
  let lane: Lane | undefined;
  let distrustedUntil = 0;

  const isNeeded = async (): Promise<boolean> => {
    const asked = [[kind], lateMs];
    const [writers] = await session.query<{ areThere: boolean; areLate: boolean }>(
      writersStanding,
      asked,
    );
    if (writers?.areThere !== true) return true;
    if (writers.areLate) distrustedUntil = performance.now() + untilTrustedMs;
    return performance.now() < distrustedUntil;
  };
  const attend = async (): Promise<void> => {
    // Without an answer it goes on as it did.
    const needed = await isNeeded().catch(() => lane !== undefined);
    if (stopping.signal.aborted || needed === (lane !== undefined)) return;
    logger.info({ kind }, needed ? 'takes what no writer takes' : 'leaves writing to writers');
    if (needed) {
      lane = start();
      return;
    }
    // Not waited for: one of its jobs may hang, and the writers may be gone before it ends.
    const left: Promise<void> | undefined = lane
      ?.stop()
      .finally(() => left && leaving.delete(left));
    if (left !== undefined) leaving.add(left);
    lane = undefined;
  };
  const attending = (async () => {
    while (!stopping.signal.aborted) {
      await attend();
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    kind,
    isTaking: () => lane?.isTaking() ?? true,
    stop: async () => {
      stopping.abort();
      await Promise.all([lane?.stop(), ...leaving]);
      await attending;
    },
  };
}
