import type { EgressPlace, EgressRecord, EgressRollout, EgressStatus } from '@spillway/application';
import { egressProtocols, egressResolutions } from '@spillway/domain-egress';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

const modes = ['observe', 'enforce'] as const;

const allowedView = z
  .object({
    hosts: z.array(z.string()).describe('Full names, or *. and a domain.'),
    ports: z
      .array(
        z
          .object({
            number: z.int().describe('The port that is called.'),
            protocol: z.enum(egressProtocols).describe('What is spoken on it.'),
          })
          .describe('A port and what is spoken on it.'),
      )
      .describe('The ports of these hosts.'),
    owner: z.string().describe('Who answers for it.'),
    reason: z.string().describe('Why it is allowed.'),
    resolution: z.enum(egressResolutions).describe('Who finds the address.'),
  })
  .describe('Hosts that may be reached.');

const rolloutView = z
  .object({
    cluster: z.string().describe('The cluster.'),
    mode: z
      .enum(['off', 'observe', 'enforce'])
      .describe('What it should have; off: the policy is leaving it.'),
    generation: z.int().describe('The generation that it should have.'),
    appliedGeneration: z.int().optional().describe('The one that was last read back whole.'),
    applied: z.boolean().describe('Whether these are the same.'),
    appliedAt: moment.optional().describe('When that was.'),
    because: z.string().optional().describe('Why they are not the same.'),
    unreachable: z.string().optional().describe('Why the cluster could not be looked at just now.'),
    drift: z
      .array(z.string())
      .optional()
      .describe('What is not as it was applied, and who did that. Absent in lists.'),
    remarks: z
      .array(z.string())
      .optional()
      .describe('What a person should know of the cluster. Absent in lists.'),
  })
  .describe('The policy in one cluster.');

export const egressPolicyView = z
  .object({
    name: z.string().describe('The namespace.'),
    clusters: z.array(z.string()).describe('Clusters that the policy holds in.'),
    mode: z.enum(modes).describe('observe blocks nothing; enforce blocks what is not allowed.'),
    allow: z.array(allowedView).describe('What may be reached.'),
    generation: z.int().describe('Counts the changes.'),
    changedBy: z.string().describe('Who made the last change.'),
    because: z.string().describe('Why.'),
    acceptedBlocked: z
      .string()
      .optional()
      .describe('Why it was enforced though traffic would be blocked, or nobody knew.'),
    rollouts: z.array(rolloutView).describe('Cluster by cluster.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last changed.'),
  })
  .describe('What the workloads of a namespace may reach outside the mesh.');

export type EgressPolicyView = z.output<typeof egressPolicyView>;
type RolloutView = EgressPolicyView['rollouts'][number];

/** With what its clusters hold now, where they were looked at. */
export const toEgressStatusView = ({ record, places }: EgressStatus): EgressPolicyView =>
  toView(record, places);

export const toEgressPolicyView = (record: EgressRecord): EgressPolicyView => toView(record, []);

const toView = (record: EgressRecord, places: readonly EgressPlace[]): EgressPolicyView => ({
  name: record.namespace,
  clusters: [...record.clusters],
  mode: record.mode,
  allow: record.allow.map((entry) => ({
    ...entry,
    hosts: [...entry.hosts],
    ports: entry.ports.map((port) => ({ ...port })),
  })),
  generation: record.generation,
  changedBy: record.changedBy,
  because: record.because,
  ...(record.accepted === undefined ? {} : { acceptedBlocked: record.accepted }),
  rollouts: record.rollouts.map((rollout) => ({
    ...toRollout(record, rollout),
    ...toPlace(places.find(({ cluster }) => cluster === rollout.cluster)),
  })),
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});

const toRollout = (
  { generation }: EgressRecord,
  { cluster, mode, applied, appliedAt, because }: EgressRollout,
): RolloutView => ({
  cluster,
  mode,
  generation,
  ...(applied === undefined ? {} : { appliedGeneration: applied }),
  applied: applied === generation,
  ...(appliedAt === undefined ? {} : { appliedAt: toMoment(appliedAt) }),
  ...(because === undefined ? {} : { because }),
});

function toPlace(place: EgressPlace | undefined): Partial<RolloutView> {
  if (place === undefined) return {};
  const { unreachable, drift, remarks } = place;
  return unreachable === undefined ? { drift: [...drift], remarks: [...remarks] } : { unreachable };
}
