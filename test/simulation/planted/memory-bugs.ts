import type { UnitOfWork } from '@spillway/application';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { after, instant, type Instant, type ReleaseId } from '@spillway/kernel';
import { inAll, instead, withEvents, withStores, type Bug } from './bug.js';

const remembered = 20_000;

/** Each worker asks the database for a release only every so often. */
function remembering(now: () => Instant): (real: UnitOfWork) => UnitOfWork {
  const known = new Map<ReleaseId, { readonly at: Instant; readonly release: Release }>();
  return withStores((tx) => ({
    releases: instead(tx.releases, {
      get: async (id) => {
        const before = known.get(id);
        if (before !== undefined && now() - before.at < remembered) return before.release;
        const release = await tx.releases.get(id);
        if (release !== undefined) known.set(id, { at: now(), release });
        return release;
      },
    }),
  }));
}

/** As a database that lost the index which lets a service have one running release only. */
const withoutIndex = {
  running: () => Promise.resolve(undefined),
  refuseSecondRunning: () => Promise.resolve(),
};

class Dropped extends Error {}

/** Answers before it is committed, and dies in every third commit. */
function answeringEarly(): (real: UnitOfWork) => UnitOfWork {
  let times = 0;
  return (real) => ({
    read: (work) => real.read(work),
    run: async (work) => {
      times += 1;
      if (times % 3 > 0) return real.run(work);
      let answer: { readonly value: Awaited<ReturnType<typeof work>> } | undefined;
      await real
        .run(async (tx) => {
          answer = { value: await work(tx) };
          throw new Dropped();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Dropped)) throw error;
        });
      if (answer === undefined) throw new Dropped();
      return answer.value;
    },
  });
}

/** The step that is done is done once more. */
function twice(event: ReleaseEvent): readonly ReleaseEvent[] {
  if (event.type !== 'stepCompleted') return [event];
  const { verdicts: _first, ...again } = event;
  return [event, { ...again, type: 'stepStarted' }];
}

/** Bugs of who reads, saves and remembers. */
export const memoryBugs: readonly Bug[] = [
  {
    name: 'event lost',
    often: ['start', 'order'],
    says: 'of several events of one decision the first is not stored',
    plant: () =>
      inAll(
        withStores((tx) => ({
          releases: instead(tx.releases, {
            save: (next, events) =>
              events.length < 2
                ? tx.releases.save(next, events)
                : tx.releases.save({ ...next, revision: next.revision - 1 }, events.slice(1)),
          }),
        })),
      ),
  },
  {
    name: 'step done twice',
    often: ['start', 'jobRepeated'],
    says: 'a step that is done begins again',
    plant: () => inAll(withEvents(twice)),
  },
  {
    name: 'stale worker',
    often: ['order', 'orderAnother', 'abort', 'jobRepeated'],
    says: 'a worker writes by what it remembers of a release, not by what is stored',
    plant: (site) => ({ unitOfWork: (real) => remembering(() => site.time.now())(real) }),
  },
  {
    name: 'two releases of a service',
    often: ['start', 'startAnother'],
    says: 'a release begins while another one of its service runs',
    plant: () => ({
      database: withStores((tx) => ({
        releases: instead<typeof tx.releases>(tx.releases, withoutIndex),
      })),
    }),
  },
  {
    name: 'command lost',
    often: ['order', 'orderAnother', 'start', 'apiKilled'],
    says: 'a command is answered before it is stored',
    plant: () => {
      const early = answeringEarly();
      return { useCases: (deps) => ({ ...deps, unitOfWork: early(deps.unitOfWork) }) };
    },
  },
  {
    name: 'clock of the worker',
    often: ['start', 'workerAdded'],
    says: 'events bear the time of the worker’s own clock',
    plant: (site) => ({
      unitOfWork: withStores(() => ({ now: instant(after(site.time.now(), 3_000)) })),
    }),
  },
];
