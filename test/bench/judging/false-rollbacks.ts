import type { AnalysisPolicy } from '@spillway/domain-analysis';
import { largestAlpha } from './evidence.js';
import {
  coursesOf,
  guardLooks,
  judgeLook,
  weighLook,
  type Courses,
  type GuardLook,
} from './guard.js';
import { peers, type PeerName } from './peers.js';
import { metricNames } from './specs.js';
import { canary, traffic, type Step } from './traffic.js';

export const alphas = [0.01, 0.05, 0.1] as const;

export const clusterRules = ['average', 'product'] as const;
export const metricRules = ['weight', 'holm', 'eBH'] as const;

export const policies: readonly AnalysisPolicy[] = clusterRules.flatMap((clusters) =>
  metricRules.flatMap((metrics) => alphas.map((alpha) => ({ alpha, metrics, clusters }))),
);

export const keyOf = ({ alpha, metrics, clusters }: AnalysisPolicy): string =>
  `${metrics} ${clusters} ${alpha}`;

/** One metric by itself, as if it had all of α. */
export const metricKeyOf = (metric: string, clusters: string, alpha: number): string =>
  `${metric} alone ${clusters} ${alpha}`;

/** How often releases were rolled back, by the way of judging. */
export type Tally = Readonly<Record<string, number>>;

export const plus = (a: Tally, b: Tally): Tally => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
};

export interface Rollout {
  readonly steps: readonly Step[];
  readonly clusters: number;
  /** Who else judges it. */
  readonly beside: readonly PeerName[];
}

const hour: Rollout = {
  steps: canary,
  clusters: 3,
  beside: Object.keys(peers) as PeerName[],
};

/** One release in which both versions are the same: who rolls it back? */
export function judgeHealthyRelease(
  seed: number,
  release: number,
  { steps, clusters, beside }: Rollout = hour,
): Tally {
  const looks = traffic({ seed, release, clusters, steps, harm: {}, withLatencies: true });
  const byPeers = beside.map((name) => [name, peers[name](looks, steps) ? 1 : 0]);
  const ours = rolledBack(coursesOf(looks, steps, metricNames));
  return { releases: 1, ...Object.fromEntries(byPeers), ...ours };
}

/** By each policy, and by each metric alone. */
export function rolledBack(courses: Courses): Tally {
  const found: Record<string, number> = {};
  for (const at of guardLooks(courses)) {
    for (const rule of clusterRules) judgeBy(at, rule, found);
  }
  return found;
}

/** No policy finds harm where no metric's p-value is at most the largest α, so those looks are passed over. */
function judgeBy(
  at: GuardLook,
  clusters: (typeof clusterRules)[number],
  found: Record<string, number>,
): void {
  let isNear = false;
  for (const { metric, pValue } of standingsAt(at, clusters)) {
    for (const alpha of alphas) {
      if (pValue <= alpha) found[metricKeyOf(metric, clusters, alpha)] = 1;
    }
    isNear ||= pValue <= largestAlpha;
  }
  if (!isNear) return;
  for (const policy of policies) {
    const key = keyOf(policy);
    if (policy.clusters !== clusters || found[key] === 1) continue;
    if (judgeLook(at, policy) !== undefined) found[key] = 1;
  }
}

function standingsAt(at: GuardLook, clusters: (typeof clusterRules)[number]) {
  const weighed = weighLook(at, { alpha: largestAlpha, metrics: 'weight', clusters });
  return weighed.flatMap(({ evidence: { metric, standing } }) =>
    standing === undefined ? [] : [{ metric, pValue: standing.pValue }],
  );
}
