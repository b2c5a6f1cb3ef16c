import type { Tx, UnitOfWork } from '@spillway/application';
import { evolve, type Release, type ReleaseEvent } from '@spillway/domain-release';
import type { ActKind } from '../act/acts.js';
import type { Plant, Site } from '../site.js';

/** A bug that somebody could write, put between Spillway and its ports. */
export interface Bug {
  readonly name: string;
  /** What goes wrong, in a sentence. */
  readonly says: string;
  /** What has to happen for it to matter: nights with more of that than of anything else. */
  readonly often: readonly ActKind[];
  readonly plant: (site: Site) => Plant;
}

type Stores = Pick<
  Tx,
  'clusters' | 'releases' | 'gates' | 'freezeWindows' | 'jobs' | 'idempotency'
>;

/** Every transaction with some of its stores replaced. */
export const withStores =
  (change: (tx: Tx) => Partial<Stores> & { readonly now?: Tx['now'] }) =>
  (real: UnitOfWork): UnitOfWork => {
    const run: UnitOfWork['run'] = (work) => real.run((tx) => work({ ...tx, ...change(tx) }));
    return { run, read: (work) => run(work) };
  };

/** The same for workers and for the API. */
export const inAll = (change: (real: UnitOfWork) => UnitOfWork): Plant => ({
  unitOfWork: change,
  useCases: (deps) => ({ ...deps, unitOfWork: change(deps.unitOfWork) }),
});

/** A store with some of its verbs replaced. */
export function instead<T extends object>(store: T, verbs: Partial<T>): T {
  return Object.assign(Object.create(store) as T, verbs);
}

/** Other events than those that were to be saved, and the state that they give. */
export const withEvents = (change: (event: ReleaseEvent) => readonly ReleaseEvent[]) =>
  withStores((tx) => ({
    releases: instead(tx.releases, {
      save: async (next, events) => {
        const before = await tx.releases.get(next.id);
        const others = events.flatMap(change);
        const isSame = others.every((event, i) => event === events[i]);
        if (before === undefined || (isSame && others.length === events.length)) {
          return tx.releases.save(next, events);
        }
        return tx.releases.save(folded(before, others), others);
      },
    }),
  }));

const folded = (before: Release, events: readonly ReleaseEvent[]): Release =>
  events.reduce(evolve, before);
