import { fieldsOf } from '@spillway/domain-istio';
import { decidingSidecar, imports, isRegistryOnly, sidecarsOf } from './deciding-sidecar.js';
import { openedByPeople } from './coverage.js';
import { shown, type LiveEgress } from './live-egress.js';
import type { WantedEgress } from './policy.js';
import { isAdopted } from './render-entries.js';

/** What a person should know of a cluster, and what no write of ours changes. */
export const remarks = (wanted: WantedEgress, live: LiveEgress): readonly string[] =>
  wanted.mode === 'off'
    ? []
    : [
        ...ofSidecars(wanted, live),
        ...ofHidden(wanted, live),
        ...ofAdopted(wanted, live),
        ...ofTcp(wanted),
      ];

function ofSidecars({ namespace, mode }: WantedEgress, live: LiveEgress): readonly string[] {
  const { theirs, selecting } = sidecarsOf(namespace, live);
  const several = theirs
    .slice(1)
    .map((sidecar) => `${shown(sidecar)} has no effect: ${shown(theirs[0] ?? sidecar)} is older`);
  const others = selecting.map((sidecar) => {
    const effect = isRegistryOnly(sidecar) ? 'closed by it' : 'not closed by this policy';
    return `${shown(sidecar)} decides for the workloads that it selects; they are ${effect}`;
  });
  const [first] = theirs;
  const isTheirs = first !== undefined && isRegistryOnly(first) && mode === 'observe';
  return [
    ...several,
    ...others,
    ...(isTheirs ? [`${shown(first)} closes the namespace already; people did that`] : []),
  ];
}

/** A ServiceEntry that no workload of the namespace sees opens nothing. */
function ofHidden({ namespace, allow }: WantedEgress, live: LiveEgress): readonly string[] {
  const sidecar = decidingSidecar(sidecarsOf(namespace, live));
  if (sidecar === undefined || fieldsOf(sidecar.spec)['egress'] === undefined) return [];
  return allow
    .flatMap(({ hosts }) => hosts)
    .filter((name) => !imports(sidecar, namespace, { namespace, name }))
    .map(
      (host) => `${shown(sidecar)} does not import ${host}; add "./${host}" to its egress hosts`,
    );
}

function ofAdopted({ namespace, allow }: WantedEgress, live: LiveEgress): readonly string[] {
  const theirs = openedByPeople(namespace, live);
  return allow.flatMap((entry) =>
    entry.hosts
      .filter((host) => isAdopted(theirs, entry, host))
      .map((host) => `${host} is allowed by people's ServiceEntry; Spillway writes none`),
  );
}

/** A TCP port without addresses is one listener for all destinations (istio §2.4). */
const ofTcp = ({ allow }: WantedEgress): readonly string[] =>
  allow.flatMap(({ hosts, ports }) =>
    ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(
        ({ number }) =>
          `TCP port ${number} of ${hosts[0]} may let every host through: TCP does not name one`,
      ),
  );
