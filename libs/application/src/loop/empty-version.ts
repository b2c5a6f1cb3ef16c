import { parseSplit, shareKey, type LiveRouting, type Traffic } from '@spillway/domain-istio';
import { EVERYTHING, type Version } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';

/** Shares are read in whole basis points: so much more may be rounding and no rise. */
const roundedOff = 2;

/**
 * A version that the write would give more traffic than it has now, and that is
 * not known to have pods. A cluster that comes back after a while may have lost
 * those that were there at the decision.
 */
export function emptyVersion(
  wanted: Traffic,
  live: LiveRouting,
  link: ClusterLink,
): string | undefined {
  const rising = risingVersions(wanted, live);
  if (rising.length === 0) return undefined;
  const { service } = wanted;
  link.follow(service);
  const empty = rising.find((version) => (link.readyEndpoints(service, version) ?? 0) === 0);
  return empty === undefined ? undefined : `${empty} is not known to have ready endpoints`;
}

function risingVersions(wanted: Traffic, live: LiveRouting): readonly Version[] {
  const { service, stable, candidate, exposure, isOver } = wanted;
  const { weight, routes } = exposure;
  const split = live.virtualService && parseSplit(live.virtualService, service);
  const [hadStable = 0, hadCandidate = 0] = [stable, candidate].map((version) =>
    split?.shares.get(shareKey(service, version)),
  );
  // In people's route others may have a share: weights are parts of what the two have together.
  const whole = (hadStable + hadCandidate) / EVERYTHING;
  const rises = (share: number, had: number): boolean =>
    share > 0 && (had === 0 || share > had / whole + roundedOff);
  // Routes of a release that is over were there before.
  const isShown = routes !== undefined && isOver !== true;
  return [
    ...(rises(weight, hadCandidate) || isShown ? [candidate] : []),
    ...(rises(EVERYTHING - weight, hadStable) ? [stable] : []),
  ];
}
