import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';

/** What one transaction stored of a release. */
export interface SavedEvents {
  readonly release: Release;
  readonly events: readonly ReleaseEvent[];
}

/** Looks on while releases are read and stored. What it throws is nobody's business but its own. */
export interface Witness {
  /** A release as a transaction found it or left it; the transaction may still fail. */
  seen?(release: Release): void;
  /** Committed: told once, however often the transaction had to be begun anew. */
  saved?(saved: SavedEvents): void;
}

/** The unit of work with a witness, so that neither use cases nor the loop know that somebody looks on. */
export const witnessed = (inner: UnitOfWork, witness: Witness): UnitOfWork => ({
  read: (work) => inner.read(work),
  async run(work) {
    let saves: SavedEvents[] = [];
    const result = await inner.run((tx) => {
      saves = [];
      return work(watched(tx, witness, saves));
    });
    for (const saved of saves) quietly(() => witness.saved?.(saved));
    return result;
  },
});

function watched(tx: Tx, witness: Witness, saves: SavedEvents[]): Tx {
  const { releases } = tx;
  const see = (release: Release | undefined): void => {
    if (release !== undefined) quietly(() => witness.seen?.(release));
  };
  const methods: Partial<Tx['releases']> = {
    get: (id: ReleaseId) => seenBy(see, releases.get(id)),
    lock: (id: ReleaseId) => seenBy(see, releases.lock(id)),
    async save(release, events) {
      await releases.save(release, events);
      saves.push({ release, events });
      see(release);
    },
  };
  // The methods of a store are its class's: the others are found there, as by inheritance.
  return {
    ...tx,
    releases: Object.assign(Object.create(releases) as Tx['releases'], methods),
  };
}

async function seenBy(
  see: (release: Release | undefined) => void,
  reading: Promise<Release | undefined>,
): Promise<Release | undefined> {
  const release = await reading;
  see(release);
  return release;
}

function quietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // What was done must not look failed because somebody could not tell of it.
  }
}
