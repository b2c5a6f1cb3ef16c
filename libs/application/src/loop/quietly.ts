import { AsyncResource } from 'node:async_hooks';
import type { Reads, Tx, UnitOfWork } from '../port/unit-of-work.js';

/** So many look in one transaction: each waits for what all of them ask, and all are judged in one go. */
const most = 20;

/** A transaction that hangs must not stand in everybody's way. */
const atOnce = 2;

/**
 * A look at something, which says whether it is done. It reads and queues jobs; where `mayRecord` is
 * false and there is more to be done than that, it does none of it and says so. It is done again
 * where a transaction failed.
 */
export type Look = (tx: Tx, mayRecord: boolean) => Promise<boolean>;

/**
 * Looks in a transaction that all who look at that moment share, and does what there is to be done,
 * if anything, in one of its own. Most looks find nothing new, and a transaction costs several times
 * what they do. Nothing is locked in the shared one, so nobody waits there for a release that is
 * somebody else's, and two who look never get into each other's way.
 */
export function quietly(unitOfWork: UnitOfWork): (look: Look) => Promise<void> {
  const share = sharing(unitOfWork);
  return async (look) => {
    const isDone = await share((tx) => look(tx, false));
    if (!isDone) await unitOfWork.run((tx) => look(tx, true));
  };
}

/** Does a work with stores. */
export type Run<Stores> = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

interface Waiting<Stores> {
  readonly work: (stores: Stores) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs works that come at the same time, or while others run, in one transaction. When it fails,
 * each is done again in one of its own, so that none fails because of another. For works that write
 * nothing which others of them read, and what a database may forget that crashes: it is measured and
 * looked at again.
 */
export const sharing = (unitOfWork: UnitOfWork): Run<Tx> =>
  gathering(
    (work) => unitOfWork.run(work, { mayBeForgotten: true }),
    (work) => unitOfWork.run(work),
  );

/**
 * The same for what only reads, without a transaction, which would add two ways to the database to the
 * three or four of whoever is about to take traffic away.
 */
export function sharingReads(unitOfWork: UnitOfWork): Run<Reads> {
  const read: Run<Reads> = (work) => unitOfWork.read(work);
  return gathering(read, read);
}

function gathering<Stores>(run: Run<Stores>, runAlone: Run<Stores>): Run<Stores> {
  const waiting: Waiting<Stores>[] = [];
  let open = 0;
  const next = (): void => {
    if (open === atOnce || waiting.length === 0) return;
    open += 1;
    void together(run, runAlone, waiting.splice(0, most)).finally(() => {
      open -= 1;
      next();
    });
  };
  return <T>(work: (stores: Stores) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      // Spans and log lines belong to whoever asked for the work.
      const bound = AsyncResource.bind(work);
      waiting.push({ work: bound, resolve: resolve as (result: unknown) => void, reject });
      // Those who come in the same moment are waited for.
      queueMicrotask(next);
    });
}

async function together<Stores>(
  run: Run<Stores>,
  runAlone: Run<Stores>,
  all: readonly Waiting<Stores>[],
): Promise<void> {
  try {
    const results = await run((stores) => everyone(all, stores));
    for (const [index, { resolve }] of all.entries()) resolve(results[index]);
  } catch (error) {
    if (all.length === 1) return all[0]?.reject(error);
    await Promise.all(all.map(({ work, resolve, reject }) => runAlone(work).then(resolve, reject)));
  }
}

/** Waits for all of them also when one fails: none may go on in a transaction that has ended. */
async function everyone<Stores>(
  all: readonly Waiting<Stores>[],
  stores: Stores,
): Promise<readonly unknown[]> {
  const ended = await Promise.allSettled(all.map(({ work }) => work(stores)));
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
