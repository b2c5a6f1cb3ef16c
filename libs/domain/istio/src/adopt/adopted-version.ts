import type { Version } from '@spillway/kernel';
import { hostKey } from '../claim.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import { hostOf, type MeshService, type Traffic } from '../traffic.js';

/** The two versions of a release. */
export type Pair = Pick<Traffic, 'service' | 'stable' | 'candidate'>;

export const entriesOf = (route: Fields): readonly Fields[] => listOf(route['route']).map(fieldsOf);

/** Whether a destination, in an object of this namespace, is that version. */
export function isVersionAt(
  service: MeshService,
  version: Version,
  destination: unknown,
  namespace: string,
): boolean {
  const { host, subset } = fieldsOf(destination);
  if (typeof host !== 'string') return false;
  if (hostKey(host, namespace) !== hostKey(hostOf(service, version), namespace)) return false;
  return service.versionHost !== undefined || subset === version;
}

export interface Is {
  readonly stable: (entry: Fields) => boolean;
  readonly candidate: (entry: Fields) => boolean;
}

/** Tells entries of a route apart by the version that they are for. */
export const versionsAt = ({ service, stable, candidate }: Pair, namespace: string): Is => ({
  stable: ({ destination }) => isVersionAt(service, stable, destination, namespace),
  candidate: ({ destination }) => isVersionAt(service, candidate, destination, namespace),
});

/** The destination as people wrote it, with what tells versions apart changed. */
export function toVersion({ destination }: Fields, service: MeshService, version: Version): Fields {
  const known = fieldsOf(destination);
  return service.versionHost === undefined
    ? { ...known, subset: version }
    : { ...known, host: hostOf(service, version) };
}

/** A destination's weight: one that is alone gets everything, whatever it says (istio §2.2). */
export function weightsOf(entries: readonly Fields[]): readonly number[] {
  return entries.map(({ weight }) => {
    if (entries.length === 1) return 100;
    return typeof weight === 'number' && Number.isSafeInteger(weight) && weight > 0 ? weight : 0;
  });
}
