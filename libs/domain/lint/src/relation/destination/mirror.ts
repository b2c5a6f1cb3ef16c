import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { Target } from '../world/virtual-service.js';
import type { World } from '../world/world.js';

export const mirrorRows = {
  MIRROR_TO_ROUTED_DESTINATION: {
    severity: 'warning',
    means: 'A rule mirrors requests to a destination that it also routes requests to.',
    consequence: 'The destination handles some requests twice, with all their side effects.',
    next: 'Mirror only to a destination that has no weight.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(mirrorRows);

export const checkMirrors = ({ virtualServices }: World): readonly Finding[] =>
  virtualServices.flatMap(({ object, targets }) =>
    targets
      .filter((mirror) => mirror.isMirror && mirror.isUsed)
      .filter((mirror) => targets.some((target) => isRouted(target, mirror)))
      .map(({ spot, host, subset }) =>
        found('MIRROR_TO_ROUTED_DESTINATION', {
          object,
          path: spot.path,
          message: `Requests are also routed to ${[host, subset].filter((part) => part !== '').join(' ')}.`,
        }),
      ),
  );

const isRouted = (target: Target, mirror: Target): boolean =>
  !target.isMirror &&
  target.isUsed &&
  target.rule.path === mirror.rule.path &&
  target.host === mirror.host &&
  target.subset === mirror.subset &&
  (target.port === mirror.port || target.port === undefined || mirror.port === undefined);
