import type { Tx } from '@spillway/application';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { fieldsOf, listOf } from '@spillway/domain-istio';
import { evolve, type Release, type ReleaseEvent } from '@spillway/domain-release';
import { NOTHING } from '@spillway/kernel';
import { inAll, instead, withEvents, withStores, type Bug } from './bug.js';

/** What was decided by a release that is not quite the stored one. */
async function saveFolded(tx: Tx, next: Release, events: readonly ReleaseEvent[]): Promise<void> {
  const before = await tx.releases.get(next.id);
  await tx.releases.save(before === undefined ? next : events.reduce(evolve, before), events);
}

/** The worker's plan without the limits that the stored one has. */
const unlimited = withStores((tx) => ({
  releases: instead(tx.releases, {
    lock: async (id) => {
      const release = await tx.releases.lock(id);
      if (release === undefined) return undefined;
      const { limits: _none, ...plan } = release.plan;
      return { ...release, plan };
    },
    save: (next, events) => saveFolded(tx, next, events),
  }),
}));

/** As if the candidate had nothing anywhere. */
const harmless = (release: Release): Release => ({
  ...release,
  rollouts: release.rollouts.map((rollout) => ({
    ...rollout,
    desired: { generation: rollout.desired.generation, weight: NOTHING },
    applied: rollout.applied ?? { generation: rollout.desired.generation, at: release.createdAt },
  })),
});

/** Who changes a service asks for its clusters, and only then for the release that runs. */
const unasked = withStores((tx) => {
  let isPut = false;
  let isAsked = false;
  const seen = (release: Release | undefined) =>
    isPut && release !== undefined ? harmless(release) : release;
  return {
    clusters: instead(tx.clusters, {
      getAll: (names) => {
        isAsked = true;
        return tx.clusters.getAll(names);
      },
    }),
    releases: instead(tx.releases, {
      running: async (service) => {
        isPut = isAsked;
        return seen(await tx.releases.running(service));
      },
      lock: async (id) => seen(await tx.releases.lock(id)),
      save: (next, events) => saveFolded(tx, next, events),
    }),
  };
});

/** A patch brings the time-outs back that people's object had when it was first seen. */
function remembering({ apiServer }: SimulatedMesh): void {
  const first = new Map<string, unknown>();
  const real = apiServer.patch.bind(apiServer);
  apiServer.patch = (write) => {
    const outcome = real(write);
    const { namespace, name } = write.place;
    const key = { kind: 'VirtualService', namespace, name } as const;
    const found = apiServer.find(key);
    if (outcome.kind !== 'applied' || found === undefined) return outcome;
    const http = listOf(fieldsOf(found.spec)['http']).map(fieldsOf);
    const timeout = first.get(name) ?? http[0]?.['timeout'] ?? '9s';
    first.set(name, timeout);
    const spec = { ...fieldsOf(found.spec), http: http.map((route) => ({ ...route, timeout })) };
    apiServer.put({ ...found.metadata, kind: key.kind, spec }, 'spillway');
    return outcome;
  };
}

/** Bugs of who has many clusters, or shares a route, or is asked twice. */
export const fleetBugs: readonly Bug[] = [
  {
    name: 'limit ignored',
    often: ['start', 'strategyChanged'],
    says: 'a release goes on by itself beyond the share of clusters or traffic that is its limit',
    plant: () => ({ unitOfWork: unlimited }),
  },
  {
    name: 'cluster of a wave forgotten',
    often: ['start', 'errors', 'strategyChanged'],
    says: 'a wave that is taken back leaves one of its clusters out',
    plant: () =>
      inAll(
        withEvents((event) => {
          if (event.type !== 'waveTakenBack') return [event];
          const { traffic } = event;
          return [{ ...event, traffic: { ...traffic, clusters: traffic.clusters.slice(1) } }];
        }),
      ),
  },
  {
    name: 'left with the candidate',
    often: ['start', 'clusters', 'clustersAgain'],
    says: 'a cluster leaves a release with what the candidate has there, which nobody takes back',
    plant: () => ({ useCases: (deps) => ({ ...deps, unitOfWork: unasked(deps.unitOfWork) }) }),
  },
  {
    name: 'leaf of others overwritten',
    often: ['start', 'leafEdited', 'leafEditedAgain'],
    says: 'what people changed in their own route is written back to what it was',
    plant: () => ({ mesh: remembering }),
  },
  {
    name: 'key forgotten',
    often: ['repeat', 'repeatAnother'],
    says: 'a request that is sent again is done again',
    plant: () => ({
      useCases: (deps) => ({
        ...deps,
        unitOfWork: withStores((tx) => ({
          idempotency: instead(tx.idempotency, { get: () => Promise.resolve(undefined) }),
        }))(deps.unitOfWork),
      }),
    }),
  },
];
