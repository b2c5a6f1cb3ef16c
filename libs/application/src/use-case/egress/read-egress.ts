import { egressDrift, remarks } from '@spillway/domain-egress';
import { duration, ok, refuse, type Duration } from '@spillway/kernel';
import { visiblePage } from '../../access/visible.js';
import { wantedIn } from '../../loop/apply-egress.js';
import type { ClusterRecord } from '../../port/cluster-store.js';
import type { EgressRecord } from '../../port/egress-store.js';
import type { UseCaseDeps } from '../deps.js';
import type { EgressPlace, UseCases } from '../use-cases.js';
import { egressReport, type EgressReport } from './egress-report.js';
import type { NewEgressPolicy } from './next-egress-record.js';
import { policyOf } from './save-egress.js';
import { unknownPolicy } from './unknown-policy.js';

/** A day shows what happens once a day. */
export const usualWindow: Duration = duration(86_400_000);

export const getEgressPolicy =
  (deps: UseCaseDeps): UseCases['getEgressPolicy'] =>
  async (namespace) => {
    const found = await deps.unitOfWork.read(async (tx) => {
      const record = await tx.egress.get(namespace);
      const names = record?.rollouts.map(({ cluster }) => cluster) ?? [];
      return { record, clusters: await tx.clusters.getAll(names) };
    });
    const { record, clusters } = found;
    if (record === undefined) return refuse(unknownPolicy(namespace));
    const looks = clusters.map((cluster) => lookAt(deps, record, cluster));
    return ok({ record, places: await Promise.all(looks) });
  };

export const listEgressPolicies =
  ({ unitOfWork }: UseCaseDeps): UseCases['listEgressPolicies'] =>
  async (page, caller) =>
    ok(
      await unitOfWork.read((tx) =>
        visiblePage(
          tx,
          caller,
          page,
          (part) => tx.egress.list(part),
          ({ namespace, clusters }) => ({ namespace, clusters }),
        ),
      ),
    );

export const reportEgress =
  (deps: UseCaseDeps): UseCases['reportEgress'] =>
  async (namespace, window = usualWindow) => {
    const known = await deps.unitOfWork.read((tx) => tx.egress.get(namespace));
    if (known === undefined) return refuse(unknownPolicy(namespace));
    return ok(await reportOn(deps, policyOf(known), known, window));
  };

/** The report of a policy that is stored, or may be. */
export async function reportOn(
  deps: UseCaseDeps,
  policy: NewEgressPolicy,
  known: EgressRecord | undefined,
  window: Duration,
): Promise<EgressReport> {
  const { clusters, at } = await deps.unitOfWork.run(async (tx) => ({
    clusters: await tx.clusters.getAll(policy.clusters),
    at: tx.now,
  }));
  return egressReport(deps, { policy, known, clusters, at, window });
}

/** What the cluster holds now. Only where the policy is applied is a difference drift. */
async function lookAt(
  { egress }: UseCaseDeps,
  record: EgressRecord,
  place: ClusterRecord,
): Promise<EgressPlace> {
  const cluster = place.name;
  const rollout = record.rollouts.find((one) => one.cluster === cluster);
  const look = await egress.to(place).look();
  if (look.kind === 'unreachable' || rollout === undefined) {
    return {
      cluster,
      ...(look.kind === 'unreachable' && { unreachable: look.reason }),
      drift: [],
      remarks: [],
    };
  }
  const wanted = wantedIn(record, rollout);
  const live = { objects: look.objects, since: record.updatedAt };
  const isApplied = rollout.applied === record.generation;
  return {
    cluster,
    drift: isApplied ? egressDrift(wanted, live) : [],
    remarks: remarks(wanted, live),
  };
}
