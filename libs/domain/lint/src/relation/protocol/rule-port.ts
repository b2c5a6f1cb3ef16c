import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { Spot } from '../../object/spot.js';
import type { Port } from '../world/port.js';
import type { RuleKind, VirtualService } from '../world/virtual-service.js';
import type { World } from '../world/world.js';

export const rulePortRows = {
  HTTP_RULES_ON_OTHER_PORT: {
    severity: 'warning',
    means: 'HTTP rules are for a port that is not HTTP by its appProtocol or name.',
    consequence:
      'The proxy passes the connections on without looking into them: the rules are not in force.',
    next: 'Name the port http, http2 or grpc, or give it an appProtocol, if that is what it speaks.',
  },
  TCP_RULES_ON_HTTP_PORT: {
    severity: 'warning',
    means: 'TCP or TLS rules are for a port that is HTTP by its appProtocol or name.',
    consequence: 'The proxy handles the port as HTTP: the rules are not in force.',
    next: 'Write http rules, or name the port by what it speaks.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(rulePortRows);

/** Whether rules of a kind are in force on a port. A port whose protocol is not said may be anything. */
const fits: Readonly<Record<RuleKind, (port: Port) => boolean>> = {
  http: ({ protocol }) => protocol === 'http' || protocol === 'auto',
  tls: ({ protocol }) => protocol !== 'http',
  tcp: ({ protocol }) => protocol !== 'http',
};

/** Rules in the mesh on ports that speak something else. At a gateway its servers say the protocol. */
export const checkRulePorts = (world: World): readonly Finding[] =>
  world.virtualServices
    .filter(({ isInMesh }) => isInMesh)
    .flatMap((one) => {
      const ports = one.hosts.flatMap(
        ({ host }) => world.registry.find(host, one.namespace)?.ports ?? [],
      );
      if (ports.length === 0) return [];
      return (['http', 'tls', 'tcp'] as const).flatMap((kind) => checkKind(one, kind, ports));
    });

function checkKind(
  one: VirtualService,
  kind: RuleKind,
  ports: readonly Port[],
): readonly Finding[] {
  const rules = one.spec.at(kind);
  if (rules.items().length === 0) return [];
  if (!ports.some(fits[kind])) return [misfit(one, kind, { spot: rules, ports })];
  return rules
    .items()
    .flatMap((rule) => rule.at('match').items())
    .map((match) => ({
      spot: match.at('port'),
      ports: ports.filter((port) => port.number === match.at('port').number),
    }))
    .filter((chosen) => chosen.ports.length > 0 && !chosen.ports.some(fits[kind]))
    .map((chosen) => misfit(one, kind, chosen));
}

const misfit = (
  { object }: VirtualService,
  kind: RuleKind,
  { spot, ports }: { readonly spot: Spot; readonly ports: readonly Port[] },
): Finding =>
  found(kind === 'http' ? 'HTTP_RULES_ON_OTHER_PORT' : 'TCP_RULES_ON_HTTP_PORT', {
    object,
    path: spot.path,
    message: `${kind} rules are for ${ports.map(shownPort).join(', ')}.`,
  });

const shownPort = ({ number, name, protocol }: Port): string =>
  `port ${number}${name === '' ? '' : ` "${name}"`} (${protocol})`;
