import type { MetricsSource } from '@spillway/application';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { after, instant, type ClusterName } from '@spillway/kernel';
import type { Site } from '../site.js';
import { inAll, instead, withEvents, withStores, type Bug } from './bug.js';

const isLost = (site: Site, cluster: ClusterName): boolean => !site.mesh(cluster).transport.isUp;

/** A rollback that is for the clusters that can be reached. */
const forgetting = (site: Site) =>
  inAll(
    withEvents((event) => {
      if (event.type !== 'rollbackStarted') return [event];
      const { generation, clusters } = event.traffic;
      const reached = clusters.filter(({ cluster }) => !isLost(site, cluster));
      if (reached.length === clusters.length) return [event];
      const traffic = { generation, clusters: reached };
      return [{ ...event, traffic } satisfies ReleaseEvent];
    }),
  );

/** Writes nothing back while a cluster of the release cannot be reached. */
const waiting = (site: Site) =>
  inAll(
    withStores((tx) => ({
      jobs: {
        enqueue: async (job, runAt) => {
          if (job.kind !== 'apply') return tx.jobs.enqueue(job, runAt);
          const release = await tx.releases.get(job.release);
          const isWaiting =
            release?.phase === 'rollingBack' &&
            release.plan.waves.flat().some((cluster) => isLost(site, cluster));
          return tx.jobs.enqueue(job, isWaiting ? after(tx.now, 600_000) : runAt);
        },
      },
    })),
  );

/** Whoever approved counts as two. */
const doubled = (release: Release): Release =>
  release.approvals === undefined
    ? release
    : {
        ...release,
        approvals: release.approvals.flatMap((one) => [one, { ...one, by: `${one.by}’s other` }]),
      };

const single = (release: Release): Release =>
  release.approvals === undefined
    ? release
    : { ...release, approvals: release.approvals.filter(({ by }) => !by.endsWith('’s other')) };

const early = (real: MetricsSource): MetricsSource => ({
  read: (question) => real.read({ ...question, at: instant(question.at - 120_000) }),
  close: () => real.close(),
});

/** Counts requests, and none of the candidate's errors. */
const blind = (real: MetricsSource): MetricsSource => ({
  read: async (question) => {
    const reading = await real.read(question);
    if (reading.kind !== 'value' || reading.candidate.errors === undefined) return reading;
    return { ...reading, candidate: { ...reading.candidate, value: 100, errors: 0 } };
  },
  close: () => real.close(),
});

const yes = { kind: 'answered', status: 200, headers: {}, body: '' } as const;
const open = { gate: 'begin', state: 'open', actor: 'nobody', comment: '' } as const;

/** Bugs of who decides, by what, and in what order. */
export const decisionBugs: readonly Bug[] = [
  {
    name: 'gate skipped',
    often: ['start', 'startAnother'],
    says: 'a gate counts as open though nobody opened it',
    plant: () => ({
      unitOfWork: withStores((tx) => ({
        gates: instead(tx.gates, {
          ofService: (service) => Promise.resolve([{ ...open, service, at: tx.now }]),
        }),
      })),
    }),
  },
  {
    name: 'one approval is two',
    often: ['gate', 'approve', 'start'],
    says: 'one person’s approval lets a gate pass that wants two people',
    plant: () => ({
      unitOfWork: withStores((tx) => ({
        releases: instead(tx.releases, {
          lock: async (id) => {
            const release = await tx.releases.lock(id);
            return release && doubled(release);
          },
          save: (next, events) => tx.releases.save(single(next), events),
        }),
      })),
    }),
  },
  {
    name: 'freeze ignored',
    often: ['freeze', 'order', 'start'],
    says: 'the candidate gets more in a freeze window',
    plant: () => ({
      unitOfWork: withStores((tx) => ({
        freezeWindows: instead(tx.freezeWindows, { all: () => Promise.resolve([]) }),
      })),
    }),
  },
  {
    name: 'lost cluster forgotten',
    often: ['clusterDown', 'clusterDownAgain', 'abort', 'order'],
    says: 'a rollback leaves out a cluster that cannot be reached',
    plant: forgetting,
  },
  {
    name: 'rollback waits for a lost cluster',
    often: ['clusterDown', 'abort'],
    says: 'no cluster is written back while one of them cannot be reached',
    plant: waiting,
  },
  {
    name: 'old window counted',
    often: ['start', 'traffic'],
    says: 'what was measured before the candidate had traffic counts for it',
    plant: () => ({ metrics: early }),
  },
  {
    name: 'errors not counted',
    often: ['traffic'],
    says: 'no error of the candidate is counted, so that a bad version is promoted',
    plant: () => ({ metrics: blind }),
  },
  {
    name: 'hook’s no taken as yes',
    often: ['hooks', 'strategyChanged'],
    says: 'the candidate gets more though a hook did not agree',
    plant: () => ({
      loop: (deps) => ({
        ...deps,
        outgoing: {
          call: async (request) => {
            const answer = await deps.outgoing.call(request);
            return request.url.includes('increase') ? yes : answer;
          },
        },
      }),
    }),
  },
];
