import { istioApiVersion } from '@spillway/domain-istio';
import { isOpen, openedByPeople, type Opening } from './coverage.js';
import type { EgressObject } from './egress-write.js';
import { entryName } from './entry-name.js';
import type { LiveEgress } from './live-egress.js';
import { ownerAnnotation, ownLabels, reasonAnnotation } from './own-object.js';
import type { AllowedEgress, WantedEgress } from './policy.js';

/**
 * One ServiceEntry for each entry of the allow-list, without the hosts that
 * people's ServiceEntries open already: of two with one host Istio takes one.
 */
export function renderEntries(
  { namespace, allow, mode }: WantedEgress,
  live: Pick<LiveEgress, 'objects'>,
): readonly EgressObject[] {
  if (mode === 'off') return [];
  const theirs = openedByPeople(namespace, live);
  return allow.flatMap((entry) => {
    const hosts = entry.hosts.filter((host) => !isAdopted(theirs, entry, host));
    return hosts.length === 0 ? [] : [render(namespace, entry, hosts)];
  });
}

/** Whether people allow the host on every port that the entry asks for. */
export const isAdopted = (
  theirs: readonly Opening[],
  { ports }: AllowedEgress,
  host: string,
): boolean => ports.every(({ number }) => isOpen(theirs, { host, port: number }));

const render = (
  namespace: string,
  { hosts: all, ports, owner, reason, resolution }: AllowedEgress,
  hosts: readonly string[],
): EgressObject => ({
  apiVersion: istioApiVersion,
  kind: 'ServiceEntry',
  metadata: {
    namespace,
    name: entryName(all),
    labels: ownLabels,
    annotations: { [ownerAnnotation]: owner, [reasonAnnotation]: reason },
  },
  spec: {
    hosts,
    // Said to everybody it would open the hosts to every namespace that is closed.
    exportTo: ['.'],
    location: 'MESH_EXTERNAL',
    ports: ports.map(({ number, protocol }) => ({
      number,
      name: `${protocol.toLowerCase()}-${number}`,
      protocol,
    })),
    resolution,
  },
});
