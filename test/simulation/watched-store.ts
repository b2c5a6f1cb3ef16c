import type { Tx, UnitOfWork } from '@spillway/application';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { CodedError } from '@spillway/kernel';

/** A release as it is about to be stored, and what happened to it. */
export interface Save {
  readonly next: Release;
  readonly events: readonly ReleaseEvent[];
}

/** What a connection to the database can do to a transaction. */
export interface DatabaseFaults {
  /** Transactions from now on that fail before they begin. */
  refused: number;
  /** Those that are committed, and nobody hears of it. */
  unanswered: number;
}

const gone = () =>
  new CodedError('DATABASE_UNAVAILABLE', 'The connection was lost.', 'Try again in a moment.');

/**
 * The database as one process sees it, with its faults; `note` is told of what every transaction
 * saves, in it and at its end, so that it sees what is committed at that very moment.
 */
export function watchedStore(
  store: UnitOfWork,
  faults: DatabaseFaults,
  note: (tx: Tx, saves: readonly Save[]) => Promise<void>,
): UnitOfWork {
  const run = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    if (faults.refused > 0) {
      faults.refused -= 1;
      throw gone();
    }
    let isSaved = false;
    const answer = await store.run(async (tx) => {
      const saves: Save[] = [];
      const result = await work(spied(tx, saves));
      isSaved = saves.length > 0;
      if (isSaved) await note(tx, saves);
      return result;
    });
    if (isSaved && faults.unanswered > 0) {
      faults.unanswered -= 1;
      throw gone();
    }
    return answer;
  };
  return { run, read: (work) => run(work) };
}

function spied(tx: Tx, saves: Save[]): Tx {
  const releases = Object.create(tx.releases) as typeof tx.releases;
  releases.save = async (next, events) => {
    await tx.releases.save(next, events);
    saves.push({ next, events });
  };
  return { ...tx, releases };
}
