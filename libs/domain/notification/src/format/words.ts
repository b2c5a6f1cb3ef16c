import type { Notice, NoticeType } from '../notice.js';

const words: Partial<Record<NoticeType, string>> = {
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
  test: 'test',
};

/** `gateOpened` → `gate opened`, for what has no words of its own. */
const spaced = (type: string): string =>
  type.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `shop/catalog v2: rolled back`. */
export const headline = ({ type, release }: Notice): string =>
  `${release.service} ${release.candidate}: ${words[type] ?? spaced(type)}`;

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
