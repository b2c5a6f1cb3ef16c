import type { Notice, NoticeType } from '../notice.js';

const words: Readonly<Record<NoticeType, string>> = {
  created: 'release started',
  preparationStarted: 'being prepared',
  prepared: 'prepared',
  stepStarted: 'step begun',
  stepCompleted: 'step done',
  trafficShifted: 'traffic shifted',
  trafficApplied: 'traffic applied',
  trafficDistributed: 'proxies have it',
  trafficDelayed: 'proxies are late',
  trafficObserved: 'split as programmed',
  writeRefused: 'write refused',
  driftFound: 'routing changed by somebody else',
  held: 'on hold',
  released: 'goes on',
  paused: 'paused',
  resumed: 'resumed',
  promotionStarted: 'being promoted',
  bakeStarted: 'baking',
  succeeded: 'succeeded',
  rollbackStarted: 'rolling back',
  rolledBack: 'rolled back',
  cancelled: 'cancelled',
  superseded: 'superseded by a later release',
  begun: 'begun',
  stepSkipped: 'step skipped',
  wentBack: 'gone back to an earlier step',
  waveTakenBack: 'taken back in one wave, and paused',
  wentAhead: 'gone ahead to a later step',
  strategyChanged: 'strategy changed',
  clustersChanged: 'in other clusters from now on',
  gateReached: 'waiting at a gate',
  gatePassed: 'gate passed',
  gateLeft: 'gate left behind',
  approvalsVoided: 'approvals void: the plan has changed',
  freezeOverridden: 'freeze window overridden',
  bakeWaived: 'last bake waived',
  approved: 'approved',
  rejected: 'rejected',
  test: 'test',
};

/** `shop/catalog v2: rolled back`. */
export const headline = ({ type, release }: Notice): string =>
  `${release.service} ${release.candidate}: ${words[type]}`;

export type Fact = readonly [label: string, value: string];

/** What stands below the reason, each in a few words. */
export function factsOf(notice: Notice): readonly Fact[] {
  const { release, step, clusters, candidateGets, actor } = notice;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Version', `${release.candidate}, in place of ${release.stable}`],
    ['Phase', release.phase],
    ['Step', step && `${step.number} of ${step.of}: ${step.text}`],
    [clusters.length === 1 ? 'Cluster' : 'Clusters', clusters.join(', ') || undefined],
    ['Candidate gets', candidateGets],
    ['Strategy', `${release.strategy.name}, version ${release.strategy.version}`],
    ['By', actor],
    ['Why', release.description || undefined],
  ];
  return facts.filter((fact): fact is Fact => fact[1] !== undefined);
}
