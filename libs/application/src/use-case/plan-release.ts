import { ownershipOf } from '@spillway/domain-istio';
import { begin, type Release } from '@spillway/domain-release';
import { ok, type ClusterName, type Instant } from '@spillway/kernel';
import { findingsOf } from '../plan/findings.js';
import { dryRun } from '../plan/dry-run.js';
import { lookAtGates, type GatesAhead } from '../plan/look-at-gates.js';
import { lookAtMetrics } from '../plan/look-at-metrics.js';
import { lookAtCluster, type Look } from '../plan/look-at-cluster.js';
import { rehearse, type Rehearsal } from '../plan/rehearse.js';
import type { ClusterPlan } from '../plan/release-plan.js';
import { warningsOf } from '../plan/warnings.js';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import { checkRelease, type CheckedRelease } from './check-release.js';
import type { UseCaseDeps } from './deps.js';
import { createdEvent } from './start-release.js';
import type { UseCases } from './use-cases.js';

interface Subject extends CheckedRelease {
  readonly clusters: readonly ClusterRecord[];
  readonly release: Release;
  readonly ahead: GatesAhead;
  readonly now: Instant;
}

/** Rehearses a release against what its clusters hold now, and asks their API servers. Writes nothing. */
export const planRelease =
  (deps: UseCaseDeps): UseCases['planRelease'] =>
  async (command, caller) => {
    const id = command.id ?? deps.newReleaseId();
    const checked = await deps.unitOfWork.run(async (tx) => {
      const found = await checkRelease(tx, command);
      if (!found.ok) return found;
      const { plan } = found.value;
      const clusters = await tx.clusters.getAll(plan.waves.flat());
      const release = begin(
        createdEvent(id, { command, actor: caller.actor }, found.value, tx.now),
      );
      const ahead = await lookAtGates(tx, release, clusters);
      return ok<Subject>({ ...found.value, clusters, release, ahead, now: tx.now });
    });
    if (!checked.ok) return checked;
    const { service, strategy, plan, release, ahead } = checked.value;
    return ok({
      id,
      service: service.service,
      stable: release.stable,
      candidate: release.candidate,
      strategy: { name: strategy.name, version: strategy.version },
      plan,
      ahead,
      warnings: warningsOf(service, plan),
      clusters: await planClusters(checked.value, deps),
    });
  };

async function planClusters(subject: Subject, deps: UseCaseDeps): Promise<readonly ClusterPlan[]> {
  const { clusters, service, release, now } = subject;
  const links = clusters.map((record) => openLink(record, deps));
  try {
    const versions = [release.stable, release.candidate];
    const looks = await Promise.all(
      links.map(({ link }) => lookAtCluster(link, service, versions, deps.pause)),
    );
    const seen = new Map(looks.map((look, i) => [clusters[i]?.name as ClusterName, look]));
    const live = new Map(
      [...seen].flatMap(([name, look]) => (look.kind === 'seen' ? [[name, look.live]] : [])),
    );
    const rehearsal = rehearse(release, service, live, now);
    return await Promise.all(
      links.map(({ link }) => planCluster(link, seen.get(link.cluster), rehearsal, subject, deps)),
    );
  } finally {
    await Promise.all(links.map(({ done }) => done(service)));
  }
}

async function planCluster(
  link: ClusterLink,
  look: Look | undefined,
  { writes, stops }: Rehearsal,
  subject: Subject,
  deps: UseCaseDeps,
): Promise<ClusterPlan> {
  const { cluster } = link;
  const outlook = lookAtMetrics(cluster, subject, deps);
  if (look?.kind !== 'seen') {
    return {
      cluster,
      unseen: look?.because ?? 'nobody looked',
      writes: [],
      findings: [],
      metrics: await outlook,
    };
  }
  const own = writes.filter((write) => write.cluster === cluster);
  const held = stops.get(cluster) ?? withoutPods(look, subject, cluster);
  const refused = await dryRun(link, own);
  return {
    cluster,
    ...(held === undefined ? {} : { held }),
    writes: own,
    findings: findingsOf(own, deps.regex),
    metrics: await outlook,
    ...(refused === undefined ? {} : { refused }),
  };
}

/** What holds a release before it gives weight. Where pods are the weights, they come with it. */
function withoutPods(
  { ready }: Extract<Look, { kind: 'seen' }>,
  { service, release: { stable, candidate } }: Subject,
  cluster: ClusterName,
): string | undefined {
  if (ownershipOf(service).kind === 'replicas') return undefined;
  const empty = [stable, candidate].find((version) => (ready.get(version) ?? 0) === 0);
  return empty && `${empty} has no ready endpoint in ${cluster}`;
}

interface OpenLink {
  readonly link: ClusterLink;
  readonly done: (service: Subject['service']) => Promise<void>;
}

/** The process's own link, or one for this look where it has none. */
function openLink(record: ClusterRecord, { links, connector }: UseCaseDeps): OpenLink {
  const known = links.find(record.name);
  if (known !== undefined) {
    // No release of the service runs, or there would be no plan: nobody else needs its endpoints.
    return { link: known, done: async (service) => Promise.resolve(known.unfollow(service)) };
  }
  const { name, connection } = record;
  const link = connector.connect({ cluster: name, connection, onChange: () => undefined });
  return { link, done: () => link.close() };
}
