import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { carries } from '../world/labels.js';
import type { Port } from '../world/port.js';
import type { KnownHost } from '../world/registry.js';
import type { Workload } from '../world/workload.js';
import type { World } from '../world/world.js';

export const severalServicesRows = {
  PORT_PROTOCOL_DIFFERS: {
    severity: 'warning',
    istio: 'IST0116',
    means: 'Pods are behind several Services that say different protocols for the same port.',
    consequence: 'The pods’ proxies handle the port by one of them, and which is not defined.',
    next: 'Say the same protocol in all Services of these pods.',
  },
  TARGET_PORT_DIFFERS: {
    severity: 'warning',
    istio: 'IST0137',
    means:
      'Pods are behind several Services that lead to the same port of theirs from different ones.',
    consequence: 'The pods’ proxies know the port by one of them, and which is not defined.',
    next: 'Use the same port in all Services of these pods.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(severalServicesRows);

/** What one Service says of a port of the pods. */
interface Saying {
  readonly service: string;
  readonly port: Port;
  readonly target: number | string;
}

/** Pods behind a stable and a canary Service at once, for instance. */
export const checkSeveralServices = ({ workloads, registry }: World): readonly Finding[] =>
  workloads.flatMap((workload) => {
    const services = registry.hosts.filter((host) => isBehind(workload, host));
    if (services.length < 2) return [];
    const sayings = services.flatMap(sayingsOf);
    return [
      ...clash(
        sayings,
        (one, other) => one.port.number === other.port.number && isOther(one, other),
      ).map((message) =>
        found('PORT_PROTOCOL_DIFFERS', { object: workload.object, path: '', message }),
      ),
      ...clash(
        sayings,
        (one, other) => one.target === other.target && one.port.number !== other.port.number,
      ).map((message) =>
        found('TARGET_PORT_DIFFERS', { object: workload.object, path: '', message }),
      ),
    ];
  });

const isBehind = (workload: Workload, { object, selector, namespace }: KnownHost): boolean =>
  object.kind === 'Service' &&
  selector !== undefined &&
  namespace === workload.namespace &&
  carries(workload.labels, selector);

const sayingsOf = ({ object, ports }: KnownHost): readonly Saying[] =>
  ports.map((port) => {
    const target = port.spot.at('targetPort');
    return {
      service: object.metadata.name,
      port,
      target: target.number ?? (target.text === '' ? port.number : target.text),
    };
  });

const isOther = (one: Saying, other: Saying): boolean => one.port.protocol !== other.port.protocol;

/** One sentence a pair, the first of which stands for both. */
const clash = (
  sayings: readonly Saying[],
  isClash: (one: Saying, other: Saying) => boolean,
): readonly string[] =>
  sayings.flatMap((one, index) =>
    sayings
      .slice(index + 1)
      .filter((other) => other.service !== one.service && isClash(one, other))
      .map((other) => `${shown(one)}, ${shown(other)}.`),
  );

const shown = ({ service, port, target }: Saying): string =>
  `${service} says port ${port.number} (${port.protocol}) to ${target}`;
