import type { IstioObject, LiveObject } from './istio-object.js';
import { managedByLabel } from './render/routing-name.js';

/** One place in which a live object is not what it should be. */
export interface Difference {
  /** e.g. `spec.http[0].route[1].weight` */
  readonly path: string;
  /** JSON, or `(absent)`. */
  readonly live: string;
  readonly wanted: string;
}

/**
 * Where a live object means something else than the wanted one.
 *
 * Spelling does not count: order of keys, and fields that are absent, null or
 * empty. Neither do fields beside ours, such as `spec.exportTo`, which somebody
 * else may own; inside a list everything counts, for server-side apply replaces
 * the lists of these kinds whole (istio §4.2). So: what counts can be healed by
 * writing `wanted` once.
 */
export function differences(wanted: IstioObject, live: LiveObject): readonly Difference[] {
  const found: Difference[] = [];
  compare('spec', wanted.spec, live.spec, found);
  for (const key of Object.keys(wanted.metadata.annotations)) {
    const path = `metadata.annotations["${key}"]`;
    compare(path, wanted.metadata.annotations[key], live.metadata.annotations[key], found);
  }
  const label = `metadata.labels["${managedByLabel}"]`;
  compare(
    label,
    wanted.metadata.labels[managedByLabel],
    live.metadata.labels[managedByLabel],
    found,
  );
  return found;
}

export const isSame = (wanted: IstioObject, live: LiveObject): boolean =>
  differences(wanted, live).length === 0;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isFields(value) && Object.values(value).every(isNothing));

function compare(path: string, wanted: unknown, live: unknown, found: Difference[]): void {
  if (isNothing(wanted) && isNothing(live)) return;
  if (isFields(wanted) && isFields(live)) {
    for (const key of keysThatCount(path, wanted, live)) {
      compare(`${path}.${key}`, wanted[key], live[key], found);
    }
  } else if (Array.isArray(wanted) && Array.isArray(live)) {
    for (let i = 0; i < Math.max(wanted.length, live.length); i += 1) {
      compare(`${path}[${i}]`, wanted[i], live[i], found);
    }
  } else if (wanted !== live) {
    found.push({ path, live: show(live), wanted: show(wanted) });
  }
}

const isInList = (path: string): boolean => path.includes('[');

const keysThatCount = (path: string, wanted: Fields, live: Fields): readonly string[] =>
  [...new Set([...Object.keys(wanted), ...(isInList(path) ? Object.keys(live) : [])])].sort();

const show = (value: unknown): string => (value === undefined ? '(absent)' : JSON.stringify(value));
