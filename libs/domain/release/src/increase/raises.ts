import type { Exposure, MatchRoute, Mirror } from '@spillway/domain-traffic';
import { NOTHING } from '@spillway/kernel';

/** Whether the candidate sees anything that it did not see before: more weight, other requests, other copies. */
export const raises = (before: Exposure, after: Exposure): boolean =>
  after.weight > before.weight ||
  (after.routes ?? []).some((route) => !isAmong(route, before.routes ?? [])) ||
  copiesMore(before.mirror, after.mirror);

const isAmong = (route: MatchRoute, known: readonly MatchRoute[]): boolean =>
  known.some((other) => JSON.stringify(other.match) === JSON.stringify(route.match));

const copiesMore = (before: Mirror | undefined, after: Mirror | undefined): boolean =>
  after !== undefined &&
  (after.share > (before?.share ?? NOTHING) ||
    (after.methods === 'all' && before?.methods !== 'all'));
