import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { JudgedMeasurement } from '../port/measurement-store.js';
import type { Reads, Tx, UnitOfWork } from '../port/unit-of-work.js';

/** What one transaction stored of a release. */
export interface SavedEvents {
  /** As the transaction had found it; absent where it made it. */
  readonly before?: Release;
  readonly release: Release;
  readonly events: readonly ReleaseEvent[];
}

/** Looks on while releases are read and stored. What it throws is nobody's business but its own. */
export interface Witness {
  /** A release as a transaction or a reading found it, or a transaction left it, which may still fail. */
  seen?(release: Release): void;
  /** Committed: told once, however often the transaction had to be begun anew. */
  saved?(saved: SavedEvents): void;
  /** Committed, like what is saved. */
  judged?(measurement: JudgedMeasurement): void;
}

/** The unit of work with a witness, so that neither use cases nor the loop know that somebody looks on. */
export const witnessed = (inner: UnitOfWork, witness: Witness): UnitOfWork => ({
  read: (work) => inner.read((stores) => work(seen(stores, witness))),
  async run(work, how) {
    let stored = new Stored();
    const result = await inner.run((tx) => {
      stored = new Stored();
      return work(watched(tx, witness, stored));
    }, how);
    for (const measurement of stored.measurements) quietly(() => witness.judged?.(measurement));
    for (const saved of stored.saves) quietly(() => witness.saved?.(saved));
    return result;
  },
});

function seen(stores: Reads, witness: Witness): Reads {
  const { releases } = stores;
  const see = (release: Release | undefined): void => {
    if (release !== undefined) quietly(() => witness.seen?.(release));
  };
  return {
    ...stores,
    releases: over(releases, { get: (id) => seenBy(see, releases.get(id)) }),
  };
}

/** What one attempt of a transaction has stored. */
class Stored {
  readonly saves: SavedEvents[] = [];
  readonly measurements: JudgedMeasurement[] = [];
  private readonly found = new Map<ReleaseId, Release>();

  find(release: Release): void {
    this.found.set(release.id, release);
  }

  save(release: Release, events: readonly ReleaseEvent[]): void {
    const before = this.found.get(release.id);
    this.saves.push({ release, events, ...(before === undefined ? {} : { before }) });
  }
}

function watched(tx: Tx, witness: Witness, stored: Stored): Tx {
  const { releases, measurements } = tx;
  const see = (release: Release | undefined): void => {
    if (release === undefined) return;
    stored.find(release);
    quietly(() => witness.seen?.(release));
  };
  const methods: Partial<Tx['releases']> = {
    get: (id: ReleaseId) => seenBy(see, releases.get(id)),
    lock: (id: ReleaseId) => seenBy(see, releases.lock(id)),
    async save(release, events) {
      await releases.save(release, events);
      stored.save(release, events);
      see(release);
    },
  };
  const adding: Partial<Tx['measurements']> = {
    async add(release, step, made) {
      await measurements.add(release, step, made);
      stored.measurements.push(...made);
    },
  };
  return {
    ...tx,
    releases: over(releases, methods),
    measurements: over(measurements, adding),
  };
}

/** The methods of a store are its class's: the others are found there, as by inheritance. */
const over = <Store extends object>(store: Store, methods: Partial<Store>): Store =>
  Object.assign(Object.create(store) as Store, methods);

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
