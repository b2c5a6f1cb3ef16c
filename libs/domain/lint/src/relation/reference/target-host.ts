import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { isWildcard } from '../world/host.js';
import type { KnownHost } from '../world/registry.js';
import type { Target, VirtualService } from '../world/virtual-service.js';
import type { World } from '../world/world.js';

const lost = 'Requests that the rule sends there get 503, without an endpoint ever being asked.';

export const targetHostRows = {
  HOST_NOT_FOUND: {
    severity: 'error',
    istio: 'IST0101',
    means:
      'A destination is a host that no Service and no ServiceEntry has, or none that is exported to it.',
    consequence: lost,
    next: 'Correct the host, or create or export what has it.',
  },
  MIRROR_HOST_NOT_FOUND: {
    severity: 'error',
    istio: 'IST0101',
    means:
      'A mirror is a host that no Service and no ServiceEntry has, or none that is exported to it.',
    consequence: 'Nothing is mirrored, and nothing says so.',
    next: 'Correct the host, or create or export what has it.',
  },
  PORT_NOT_FOUND: {
    severity: 'error',
    istio: 'IST0101',
    means: 'A destination names a port that the host does not have.',
    consequence: lost,
    next: 'Name one of the ports of the host.',
  },
  PORT_REQUIRED: {
    severity: 'error',
    istio: 'IST0112',
    means: 'A destination names no port, and the host has several.',
    consequence:
      'The port that the client called is taken, and where the host has no such port the requests get 503.',
    next: 'Add port.number to the destination.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(targetHostRows);

/** Where VirtualServices send requests: is there such a host, and such a port of it? */
export function checkTargetHosts({
  virtualServices,
  knows,
  registry,
  domain,
}: World): readonly Finding[] {
  if (!knows.hosts) return [];
  return virtualServices.flatMap((one) =>
    one.targets.flatMap((target) => {
      const host = registry.find(target.host, one.namespace);
      if (host !== undefined) return checkPort(one, target, host);
      const isElsewhere = registry.all(target.host).length > 0;
      return [notFound(one, target, isElsewhere ? notSeen(one, target) : unknown(target, domain))];
    }),
  );
}

interface Wording {
  readonly message: string;
  readonly next?: string;
}

const notFound = ({ object }: VirtualService, target: Target, wording: Wording): Finding =>
  found(target.isMirror ? 'MIRROR_HOST_NOT_FOUND' : 'HOST_NOT_FOUND', {
    object,
    path: target.spot.at('host').path,
    ...wording,
  });

const notSeen = ({ namespace }: VirtualService, { host }: Target): Wording => ({
  message: `The host ${host} is not exported to the namespace ${namespace}.`,
});

function unknown({ text, host }: Target, domain: string): Wording {
  const message = `No Service and no ServiceEntry has the host ${host}.`;
  // `catalog.shop` looks like a short name, and Istio takes it for a whole one.
  const isHalfName = /^[a-z0-9-]+\.[a-z0-9-]+(\.svc)?$/.test(text);
  if (!isHalfName) return { message };
  const full = `${text.replace(/\.svc$/, '')}.svc.${domain}`;
  return { message, next: `Write the whole name if ${full} is meant.` };
}

function checkPort(one: VirtualService, target: Target, host: KnownHost): readonly Finding[] {
  const { ports } = host;
  const numbers = [...new Set(ports.map(({ number }) => number))];
  if (isWildcard(host.host) || numbers.length === 0) return [];
  const { object } = one;
  const path = target.spot.at('port').path;
  const has = `${host.host} has ${numbers.join(', ')}`;
  if (target.port === undefined) {
    if (numbers.length === 1) return [];
    return [found('PORT_REQUIRED', { object, path, message: `No port is named, and ${has}.` })];
  }
  if (numbers.includes(target.port)) return [];
  return [
    found('PORT_NOT_FOUND', { object, path, message: `There is no port ${target.port}: ${has}.` }),
  ];
}
