import { fieldsOf, listOf } from '@spillway/domain-istio';
import { decidingSidecar, imports, sidecarsOf } from './deciding-sidecar.js';
import { coversHost } from './host.js';
import { ofKind, type LiveEgress, type LiveEgressObject } from './live-egress.js';
import { isOwn } from './own-object.js';

/** Somewhere that workloads call. */
export interface Destination {
  readonly host: string;
  /** Absent where it is not known. */
  readonly port?: number;
}

/** Hosts and ports that workloads of a namespace may reach because of one ServiceEntry. */
export interface Opening {
  readonly entry: LiveEgressObject;
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

/** What people's ServiceEntries open to a namespace, wherever they are. */
export const openedByPeople = (
  namespace: string,
  live: Pick<LiveEgress, 'objects'>,
): readonly Opening[] => openings(namespace, live, (entry) => !isOwn(entry));

/** What our own ones open, as they are in the cluster now. */
export const openedByUs = (
  namespace: string,
  live: Pick<LiveEgress, 'objects'>,
): readonly Opening[] =>
  openings(namespace, live, (entry) => isOwn(entry) && entry.metadata.namespace === namespace);

function openings(
  namespace: string,
  live: Pick<LiveEgress, 'objects'>,
  counts: (entry: LiveEgressObject) => boolean,
): readonly Opening[] {
  const sidecar = decidingSidecar(sidecarsOf(namespace, live));
  return ofKind(live, 'ServiceEntry')
    .filter((entry) => counts(entry) && isExportedTo(namespace, entry))
    .map((entry) => ({
      entry,
      hosts: textsOf(fieldsOf(entry.spec)['hosts']).filter((name) =>
        imports(sidecar, namespace, { namespace: entry.metadata.namespace, name }),
      ),
      ports: listOf(fieldsOf(entry.spec)['ports'])
        .map((port) => fieldsOf(port)['number'])
        .filter((number) => typeof number === 'number'),
    }));
}

function isExportedTo(namespace: string, { metadata, spec }: LiveEgressObject): boolean {
  const exportTo = textsOf(fieldsOf(spec)['exportTo']);
  if (exportTo.length === 0) return true;
  return exportTo.some(
    (to) => to === '*' || to === namespace || (to === '.' && metadata.namespace === namespace),
  );
}

const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item) => typeof item === 'string');

/** Whether one of the openings lets the destination through; of one without a port it is enough to know the host. */
export const isOpen = (
  openings: readonly Pick<Opening, 'hosts' | 'ports'>[],
  { host, port }: Destination,
): boolean =>
  openings.some(
    ({ hosts, ports }) =>
      hosts.some((pattern) => coversHost(pattern, host)) &&
      (port === undefined || ports.includes(port)),
  );
