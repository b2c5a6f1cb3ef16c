import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { MeasurementStore } from '../port/measurement-store.js';
import type { Meter, Occurrence } from '../port/meter.js';
import type { ReleaseStore } from '../port/release-store.js';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';
import { Histories } from './histories.js';
import { hasLatency } from './latencies.js';
import { occurrencesIn, type Saved } from './occurrences.js';

/**
 * The unit of work, with whatever it stores of releases told to the meter: once it is committed,
 * and once only, however often the transaction had to be begun anew. It is the one place where
 * events become figures, so that no use case knows that somebody counts.
 */
export function meteredUnitOfWork(inner: UnitOfWork, meter: Meter): UnitOfWork {
  const histories = new Histories(inner, meter);
  return {
    read: (work) => inner.read(work),
    async run(work) {
      let seen = new Seen();
      const result = await inner.run((tx) => {
        seen = new Seen();
        return work(watched(tx, seen));
      });
      tell(seen, meter, histories);
      return result;
    },
  };
}

/** What is committed must not look failed because it cannot be counted. */
function tell(seen: Seen, meter: Meter, histories: Histories): void {
  try {
    for (const occurrence of seen.occurrences()) meter.note(occurrence);
    for (const { after, events } of seen.saves) {
      if (events.some(hasLatency)) histories.look(after, events.length);
    }
  } catch {
    // One figure less.
  }
}

/** What one attempt of a transaction has stored. */
class Seen {
  readonly saves: Saved[] = [];
  private readonly looks: Occurrence[] = [];
  private readonly known = new Map<ReleaseId, Release>();

  locked(release: Release | undefined): void {
    if (release !== undefined) this.known.set(release.id, release);
  }

  saved(after: Release, events: readonly ReleaseEvent[]): void {
    const before = this.known.get(after.id);
    this.known.set(after.id, after);
    this.saves.push({ events, after, ...(before === undefined ? {} : { before }) });
  }

  judged(measurements: Parameters<MeasurementStore['add']>[2]): void {
    for (const { verdict } of measurements) {
      if (verdict !== undefined) this.looks.push({ kind: 'judged', verdict: verdict.kind });
    }
  }

  occurrences(): readonly Occurrence[] {
    return [...this.looks, ...this.saves.flatMap(occurrencesIn)];
  }
}

/** Whoever saves a release has locked it in the same transaction, or has just made it. */
function watched(tx: Tx, seen: Seen): Tx {
  const { releases, measurements } = tx;
  return {
    ...tx,
    releases: over(releases, {
      async lock(id) {
        const release = await releases.lock(id);
        seen.locked(release);
        return release;
      },
      async save(next, events) {
        await releases.save(next, events);
        seen.saved(next, events);
      },
    }),
    measurements: over(measurements, {
      async add(release, step, made) {
        await measurements.add(release, step, made);
        seen.judged(made);
      },
    }),
  };
}

/** The methods of a store are its class's: what is not given here is found there, as by inheritance. */
const over = <Store extends ReleaseStore | MeasurementStore>(
  store: Store,
  methods: Partial<Store>,
): Store => Object.assign(Object.create(store) as Store, methods);
