import { phases, type Phase, type Release, type Rollout } from '@spillway/domain-release';
import type { Exposure } from '@spillway/domain-traffic';
import {
  basisPoints,
  clusterName,
  generation,
  InvariantBroken,
  releaseId,
  serviceName,
  strategyName,
  version,
} from '@spillway/kernel';
import type { ReleaseRow, RolloutRow } from './release-rows.js';

/** All but what the store itself keeps beside the release. */
export type ReleaseState = Omit<ReleaseRow, 'headHash' | 'changedAt' | 'rollouts'>;
export type RolloutState = Omit<RolloutRow, 'settled' | 'of'>;

export const toRow = (release: Release): ReleaseState => ({
  id: release.id,
  service: release.service,
  stable: release.stable,
  candidate: release.candidate,
  strategy: release.strategy.name,
  strategyVersion: release.strategy.version,
  plan: release.plan,
  requestedBy: release.requestedBy,
  description: release.description,
  phase: release.phase,
  held: release.held ?? null,
  paused: release.paused ?? null,
  because: release.because,
  stepIndex: release.cursor.index,
  stepStarted: release.cursor.started,
  stepEnteredAt: release.cursor.enteredAt,
  generation: release.generation,
  revision: release.revision,
  shown: release.shown ?? null,
  orders: toOrders(release),
  gates: toGates(release),
  overriddenFreezes: release.overriddenFreezes ?? null,
  createdAt: release.createdAt,
  endedAt: release.endedAt ?? null,
});

function toGates({ awaiting, approvals, passedGates }: Release): ReleaseState['gates'] {
  if (awaiting === undefined && approvals === undefined && passedGates === undefined) return null;
  return {
    ...(awaiting === undefined ? {} : { awaiting }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(passedGates === undefined ? {} : { passedGates }),
  };
}

function toOrders(release: Release): ReleaseState['orders'] {
  const { skipTo, isFull, supersededBy, follows } = release;
  const orders = {
    ...(skipTo === undefined ? {} : { skipTo }),
    ...(isFull === undefined ? {} : { isFull }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...(follows === undefined ? {} : { follows }),
  };
  return Object.keys(orders).length === 0 ? null : orders;
}

export const toRolloutRows = (release: Release): readonly RolloutState[] =>
  release.rollouts.map(
    ({ cluster, wave, desired, applied, refused, drifted, healed, ...proof }, position) => ({
      release: release.id,
      cluster,
      position,
      wave,
      desiredGeneration: desired.generation,
      desiredWeight: desired.weight,
      exposure: toExposure(desired),
      appliedGeneration: applied?.generation ?? null,
      appliedAt: applied?.at ?? null,
      refused: refused ?? null,
      drifted: drifted ?? null,
      healed: healed ?? null,
      proof:
        applied === undefined || Object.keys(proof).length === 0
          ? null
          : { of: applied.at, ...proof },
    }),
  );

const toExposure = ({ routes, mirror }: Exposure): RolloutState['exposure'] =>
  routes === undefined && mirror === undefined
    ? null
    : { ...(routes === undefined ? {} : { routes }), ...(mirror === undefined ? {} : { mirror }) };

export const toRelease = (row: ReleaseRow): Release => ({
  id: releaseId(row.id),
  service: serviceName(row.service),
  stable: version(row.stable),
  candidate: version(row.candidate),
  strategy: { name: strategyName(row.strategy), version: row.strategyVersion },
  plan: row.plan,
  requestedBy: row.requestedBy,
  description: row.description,
  createdAt: row.createdAt,
  phase: parsePhase(row.phase),
  ...(row.held === null ? {} : { held: row.held }),
  ...(row.paused === null ? {} : { paused: row.paused }),
  because: row.because,
  cursor: { index: row.stepIndex, started: row.stepStarted, enteredAt: row.stepEnteredAt },
  generation: generation(row.generation),
  rollouts: row.rollouts.toSorted((a, b) => a.position - b.position).map(toRollout),
  ...(row.shown === null ? {} : { shown: row.shown }),
  ...row.orders,
  ...row.gates,
  ...(row.overriddenFreezes === null ? {} : { overriddenFreezes: row.overriddenFreezes }),
  revision: row.revision,
  ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
});

function toRollout(row: RolloutRow): Rollout {
  const { appliedGeneration, appliedAt, refused, drifted, healed } = row;
  return {
    cluster: clusterName(row.cluster),
    wave: row.wave,
    desired: {
      generation: generation(row.desiredGeneration),
      weight: basisPoints(row.desiredWeight),
      ...row.exposure,
    },
    ...(appliedGeneration === null || appliedAt === null
      ? {}
      : { applied: { generation: generation(appliedGeneration), at: appliedAt } }),
    ...toProof(row),
    ...(refused === null ? {} : { refused }),
    ...(drifted === null ? {} : { drifted }),
    ...(healed === null ? {} : { healed }),
  };
}

/** A process of the version before changes what is applied and leaves the proof of something else. */
function toProof({ proof, appliedAt }: RolloutRow): Omit<Exclude<RolloutRow['proof'], null>, 'of'> {
  if (proof === null || proof.of !== appliedAt) return {};
  const { of: _, ...shown } = proof;
  return shown;
}

function parsePhase(text: string): Phase {
  const phase = phases.find((each) => each === text);
  if (phase === undefined) throw new InvariantBroken(`unknown phase "${text}" in the database`);
  return phase;
}
