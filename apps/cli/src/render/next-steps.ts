import type { Release } from '@spillway/sdk';

type HoldKind = NonNullable<Release['held']>['kind'];

/** What ends a hold; docs/guides/operating.md says more. A server that is newer may know a kind more. */
const againstHold: Readonly<Partial<Record<HoldKind, string>>> = {
  clusterUnreachable: 'see what the cluster says: spillway cluster probe CLUSTER',
  frozen:
    'wait for the end of the window, or let it pass: spillway release override-freeze ID --reason WHY',
  limitReached: 'let it go beyond the limits of its plan: spillway release promote ID',
  hookClosed: 'ask whoever answers the hook; what it said: spillway release hook-calls ID',
  hookUnanswered: 'see why nobody answers for the hook: spillway release hook-calls ID',
  noReadyEndpoints: 'see to it that pods of the version are ready where it is to get traffic',
  foreignRouting: 'take the host out of the other object, or delete that',
  drift: 'put the routing back as it was, or have it written again: spillway release resume ID',
  writeRefused: 'let the API server accept what the field manager "spillway" writes',
  notDistributed: 'look at the proxy that is behind, with istioctl proxy-status',
  splitNotInForce:
    'see whether clients stick to a version; to count anew: spillway release resume ID',
  inconclusive: 'wait for traffic, or take the bake as done: spillway release resume ID',
  noData:
    'see that the version gets requests, and that they are measured: spillway release looks ID',
  metricsFailing: 'see what the source of the metrics says: spillway release looks ID --limit 5',
};

/** What a person can do now, the likeliest first. */
export function nextSteps(release: Release): readonly string[] {
  return stepsOf(release).map((step) =>
    step
      .replace(/\bID\b/, release.id)
      .replace(/\bCLUSTER\b/, release.held?.clusters[0] ?? release.rollouts[0]?.cluster ?? 'NAME'),
  );
}

const takeBack = 'take the traffic back: spillway release abort ID';

function stepsOf({ phase, held, final }: Release): readonly string[] {
  if (held !== undefined) {
    const remedy = againstHold[held.kind];
    return remedy === undefined ? [takeBack] : [remedy, takeBack];
  }
  if (phase === 'paused') {
    return [
      'go on: spillway release resume ID',
      'all traffic now: spillway release promote ID',
      takeBack,
    ];
  }
  if (phase === 'awaitingApproval') {
    return ['say yes: spillway release approve ID', 'say no: spillway release reject ID', takeBack];
  }
  if (phase === 'queued') return ['nothing: it begins when the one before it has ended'];
  if (phase === 'rollingBack') return ['nothing: the stable version is getting all traffic back'];
  if (phase === 'rolledBack') return ['see which figures it was: spillway release looks ID'];
  return final ? [] : ['follow it: spillway release watch ID', takeBack];
}
