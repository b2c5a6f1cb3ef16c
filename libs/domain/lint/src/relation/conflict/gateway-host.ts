import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { Spot } from '../../object/spot.js';
import { nameOf, type World } from '../world/world.js';
import type { VirtualService } from '../world/virtual-service.js';

export const gatewayHostRows = {
  GATEWAY_DEFAULT_CONFLICT: {
    severity: 'warning',
    means: 'Several VirtualServices of one host on one Gateway have a rule without a match.',
    consequence:
      'The one of the oldest VirtualService takes all requests that no other rule matches.',
    next: 'Keep one default per host and Gateway.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(gatewayHostRows);

/** On a gateway, rules of several VirtualServices are strung together: two defaults cannot both count. */
export function checkGatewayHosts({ virtualServices }: World): readonly Finding[] {
  const withDefault = virtualServices.filter((one) => defaultOf(one) !== undefined);
  return withDefault.flatMap((one) => {
    const rivals = withDefault.filter((other) => other !== one && shareGateway(one, other));
    const rule = defaultOf(one);
    if (rivals.length === 0 || rule === undefined) return [];
    const names = rivals.map(({ object }) => nameOf(object)).join(', ');
    const message = `${names} has a default for the same host on the same Gateway.`;
    return [found('GATEWAY_DEFAULT_CONFLICT', { object: one.object, path: rule.path, message })];
  });
}

const defaultOf = ({ spec }: VirtualService): Spot | undefined =>
  spec
    .at('http')
    .items()
    .find((rule) => rule.at('match').items().length === 0);

const shareGateway = (a: VirtualService, b: VirtualService): boolean =>
  a.gateways.some(
    ({ name }) => name !== 'mesh' && b.gateways.some((other) => other.name === name),
  ) && a.hosts.some(({ host }) => b.hosts.some((other) => other.host === host));
