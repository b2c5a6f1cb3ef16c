import type { Sticky } from '@spillway/domain-traffic';
import { EVERYTHING, NOTHING, type Version } from '@spillway/kernel';
import type { WeightedDestination } from '../istio-object.js';
import { shortRelease } from './routing-name.js';
import type { Traffic } from '../traffic.js';

/** Cookies matter only while there are two versions to keep apart. */
export const stickyOf = ({ sticky, exposure }: Traffic): Sticky | undefined =>
  exposure.weight === NOTHING || exposure.weight === EVERYTHING ? undefined : sticky;

/**
 * The cookie of a version carries the release, so that one of an earlier release
 * binds nobody, and one of this release nobody once its routes are gone.
 */
export const cookieValue = ({ release }: Traffic, version: Version): string =>
  `${shortRelease(release)}.${version}`;

/** Whether a `set-cookie` is one that a release between these versions gives. */
export const isOurCookie = (value: unknown, versions: readonly Version[]): boolean =>
  typeof value === 'string' &&
  versions.some((version) => value.split(';')[0]?.endsWith(`.${version}`)) &&
  value.endsWith('; HttpOnly; SameSite=Lax');

/**
 * The destination, telling whoever is drawn to it to come back. Changing weights
 * later moves only those who have no cookie (istio §5.4).
 */
export function withCookie(
  traffic: Traffic,
  { cookie, lifetime }: Sticky,
  destination: WeightedDestination,
  version: Version,
): WeightedDestination {
  const seconds = Math.max(1, Math.round(lifetime / 1_000));
  const value = cookieValue(traffic, version);
  const header = `${cookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return { ...destination, headers: { response: { add: { 'set-cookie': header } } } };
}
